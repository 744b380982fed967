"""Text of other languages is refused, odd English is not."""

from __future__ import annotations

import pytest

from broadsheet import reference
from broadsheet.base.errors import InputError
from broadsheet.reading import read

FOREIGN = {
    "German": "Die Regierung will die Zölle auf Stahl im Herbst senken, sagte der Minister am Montag in Berlin.",
    "French": "Le gouvernement veut baisser les droits de douane sur l'acier, a déclaré le ministre lundi à Paris.",
    "Spanish": "El gobierno quiere bajar los aranceles al acero en otoño, dijo el ministro el lunes en Madrid.",
    "Italian": "Il governo vuole abbassare i dazi sull'acciaio in autunno, ha detto lunedì il ministro a Roma.",
    "Portuguese": "O governo quer baixar as tarifas sobre o aço no outono, disse o ministro na segunda-feira.",
    "Dutch": "De regering wil de heffingen op staal in het najaar verlagen, zei de minister maandag in Den Haag.",
    "Swedish": "Regeringen vill sänka tullarna på stål i höst, sade ministern på måndagen i Stockholm.",
    "Polish": "Rząd chce jesienią obniżyć cła na stal, powiedział minister w poniedziałek w Warszawie.",
    "Turkish": "Bakan pazartesi günü Ankara'da hükümetin sonbaharda çelik vergilerini düşürmek istediğini söyledi.",
    "Indonesian": "Pemerintah ingin menurunkan bea masuk baja pada musim gugur, kata menteri itu hari Senin.",
    "Vietnamese": "Chính phủ muốn giảm thuế thép vào mùa thu, bộ trưởng cho biết hôm thứ Hai tại Hà Nội.",
    "Swahili": "Serikali inataka kupunguza ushuru wa chuma, waziri alisema Jumatatu jijini Nairobi.",
    "Chinese": "部长周一在北京表示，政府希望在秋季降低钢铁关税。",
    "Japanese": "政府は秋に鉄鋼の関税を引き下げたい考えだと、大臣は月曜日に東京で述べた。",
    "Korean": "장관은 월요일 서울에서 정부가 가을에 철강 관세를 낮추기를 원한다고 말했다.",
    "Russian": "Правительство хочет осенью снизить пошлины на сталь, заявил министр в понедельник в Москве.",
    "Arabic": "قال الوزير يوم الاثنين إن الحكومة تريد خفض الرسوم الجمركية على الصلب في الخريف.",
    "Greek": "Η κυβέρνηση θέλει να μειώσει τους δασμούς στον χάλυβα το φθινόπωρο, είπε ο υπουργός.",
    "Hindi": "मंत्री ने सोमवार को दिल्ली में कहा कि सरकार शरद ऋतु में इस्पात पर शुल्क कम करना चाहती है।",
}

MORE = {
    "German": "Die Hersteller hoffen auf neue Aufträge und warnen zugleich vor zu großen Erwartungen an den Handel.",
    "French": "Les fabricants espèrent de nouvelles commandes, mais ils mettent en garde contre trop d'optimisme.",
    "Spanish": "Los fabricantes esperan nuevos pedidos, pero advierten de que nadie debe hacerse ilusiones todavía.",
    "Indonesian": "Para produsen berharap mendapat pesanan baru, tetapi mereka juga memperingatkan agar tidak yakin.",
}

ENGLISH = {
    "one word": "Tariffs",
    "headline": "Steel duties cut",
    "no function word": "Stocks mixed, oil up, gold steady",
    "wire capitals": "STEEL DUTIES TO FALL IN AUTUMN, MINISTER SAYS\n\nTHE GOVERNMENT WILL LOWER DUTIES ON STEEL.",
    "list of names": "Pedro Sánchez, Emmanuel Macron, Giorgia Meloni, Donald Tusk, Mark Rutte, Ursula von der Leyen",
    "list of towns in capitals": "RIO DE JANEIRO, SAO PAULO, BUENOS AIRES, LA PAZ, EL ALTO, SAN JUAN",
    "numbers": "Rice 12.40 up 0.20\n\nSugar 21.05 down 0.11\n\nCoffee 180.25 unch",
    "foreign quote": "“Wir wollen die Zölle auf Stahl so schnell wie möglich senken”, the minister said to the press.",
    "foreign names": "Le Monde and Die Zeit said Société Générale had left Banco de la Nación to Crédit Agricole.",
    "letters that only Vietnamese has": "Ễ Ỗ Ữ",
    "Chinese in brackets": "Xi Jinping (习近平) met Lee (李强) in Beijing (北京).",
    "dialect spellings": "Da boss gonna cut dem steel taxes, innit, says Gaz.",
    "telegram": "Pls send steel prices soonest stop regards Jones",
}


@pytest.mark.parametrize(("language", "text"), FOREIGN.items(), ids=FOREIGN)
def test_other_languages_are_refused(language: str, text: str) -> None:
    """One sentence is enough to tell, and the error names a language of the same kind."""
    with pytest.raises(InputError, match="not English"):
        read(text)
    with pytest.raises(InputError, match=f"not English but {language}"):
        read(f"{text}\n\n{text} {text}")


def test_a_script_without_names() -> None:
    """A script whose letters this Python cannot name is refused as any other."""
    with pytest.raises(InputError, match="not English"):
        read("\U00017000\U00017001 \U00017002\n")


@pytest.mark.parametrize("language", MORE)
def test_other_languages_in_capitals_are_refused(language: str) -> None:
    """Capitals hide names, not a language."""
    with pytest.raises(InputError, match=f"not English but {language}"):
        read(f"{FOREIGN[language]}\n\n{MORE[language]}".upper())


def test_a_quoted_english_word_does_not_make_a_text_english() -> None:
    """Titles and quotes in English stand in other languages' news."""
    praise = "Die Zeitschrift „The Economist“ nennt das „a step in the right direction“."
    with pytest.raises(InputError, match="not English but German"):
        read(" ".join([FOREIGN["German"], praise, *[FOREIGN["German"], MORE["German"]] * 3]))


@pytest.mark.parametrize("text", ENGLISH.values(), ids=ENGLISH)
def test_odd_english_passes(text: str) -> None:
    """Short texts, names, numbers, capitals and foreign words are no evidence of another language."""
    assert read(text).language == "en"


@pytest.mark.parametrize(("name", "key"), [("english_words", "word"), ("languages", "language")])
def test_tables_are_sorted(name: str, key: str) -> None:
    """The reference tables of this check have each key once, sorted, in lower case."""
    keys = [row[key] for row in reference.table(name)]
    assert keys == sorted({k.lower() for k in keys})
