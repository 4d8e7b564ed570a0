//! Number words of French, English, Arabic and Darija.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::fold::{darija_key, fold};

/// Languages whose number words combine by the same rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Family {
    French,
    English,
    /// Arabic and Darija, both scripts: units come before tens, joined by و.
    Arabic,
}

pub(crate) const FAMILIES: [Family; 3] = [Family::French, Family::English, Family::Arabic];

/// What a number word does in a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Word {
    /// 0 to 9.
    Unit(u64),
    /// 10 to 19.
    Teen(u64),
    /// 20 to 90.
    Tens(u64),
    /// 100, multiplied by a unit before it.
    Hundred,
    /// 200 to 900 in one word.
    Hundreds(u64),
    /// 1,000, 1,000,000, 1,000,000,000, multiplied by what stands before.
    Scale(u64),
    /// Two thousand, two million in one word.
    Dual(u64),
    /// Joins parts.
    And,
}

/// The number word with this search key in a family.
pub(crate) fn word(family: Family, folded: &str) -> Option<Word> {
    let table = &TABLES[family as usize];
    if let Some(word) = table.words.get(folded) {
        return Some(*word);
    }
    if family != Family::Arabic || folded.len() < 3 || folded.len() > 24 {
        return None;
    }
    if folded.is_ascii() {
        return table.keys.get(&darija_key(folded)).copied();
    }
    let bare = folded
        .strip_prefix("ال")
        .or_else(|| folded.strip_prefix('ب'))?;
    match table.words.get(bare).copied()? {
        word @ (Word::Unit(_) | Word::Tens(_) | Word::Dual(_)) => Some(word),
        _ => None,
    }
}

/// The position an ordinal names: third, 3e, troisième, الثالثة, talta.
pub(crate) fn ordinal(folded: &str) -> Option<u64> {
    if let Some(position) = ORDINALS.get(folded) {
        return Some(*position);
    }
    if let Some(bare) = folded
        .strip_prefix("وال")
        .or_else(|| folded.strip_prefix("بال"))
    {
        return ORDINALS.get(format!("ال{bare}").as_str()).copied();
    }
    let digits = folded.bytes().take_while(u8::is_ascii_digit).count();
    let ends = |digit: u8| folded.as_bytes()[digits - 1] == digit;
    let fits = (1..=3).contains(&digits)
        && match &folded[digits..] {
            "e" | "eme" | "er" | "ere" | "ieme" | "st" | "rd" | "th" | "nde" => true,
            // "3nd" is no position: in Darija it is "at", "of".
            "nd" => ends(b'2'),
            _ => false,
        };
    fits.then(|| folded[..digits].parse().ok()).flatten()
}

struct Table {
    words: HashMap<String, Word>,
    keys: HashMap<String, Word>,
}

static TABLES: LazyLock<[Table; 3]> =
    LazyLock::new(|| [table(FRENCH), table(ENGLISH), table(ARABIC)]);

static ORDINALS: LazyLock<HashMap<String, u64>> = LazyLock::new(|| {
    let mut positions = HashMap::new();
    for (position, forms) in (1..).zip(ORDINAL_FORMS) {
        for form in forms.split(' ') {
            positions.insert(fold(form), position);
        }
    }
    for (position, forms) in LATER_ORDINAL_FORMS {
        for form in forms.split(' ') {
            positions.insert(fold(form), *position);
        }
    }
    positions
});

fn table(entries: &[(Word, &str)]) -> Table {
    let mut table = Table {
        words: HashMap::new(),
        keys: HashMap::new(),
    };
    for (word, forms) in entries {
        for form in forms.split(' ') {
            let folded = fold(form);
            if folded.is_ascii() && *word != Word::And {
                table.keys.entry(darija_key(&folded)).or_insert(*word);
            }
            table.words.insert(folded, *word);
        }
    }
    table
}

use Word::{And, Dual, Hundred, Hundreds, Scale, Teen, Tens, Unit};

const FRENCH: &[(Word, &str)] = &[
    (Unit(0), "zéro"),
    (Unit(1), "un une"),
    (Unit(2), "deux"),
    (Unit(3), "trois"),
    (Unit(4), "quatre"),
    (Unit(5), "cinq"),
    (Unit(6), "six"),
    (Unit(7), "sept"),
    (Unit(8), "huit"),
    (Unit(9), "neuf"),
    (Teen(10), "dix"),
    (Teen(11), "onze"),
    (Teen(12), "douze"),
    (Teen(13), "treize"),
    (Teen(14), "quatorze"),
    (Teen(15), "quinze"),
    (Teen(16), "seize"),
    (Tens(20), "vingt vingts"),
    (Tens(30), "trente"),
    (Tens(40), "quarante"),
    (Tens(50), "cinquante"),
    (Tens(60), "soixante"),
    (Tens(70), "septante"),
    (Tens(80), "huitante octante"),
    (Tens(90), "nonante"),
    (Hundred, "cent cents"),
    (Scale(1_000), "mille milles"),
    (Scale(1_000_000), "million millions"),
    (Scale(1_000_000_000), "milliard milliards mds"),
    (And, "et"),
];

const ENGLISH: &[(Word, &str)] = &[
    (Unit(0), "zero"),
    (Unit(1), "one"),
    (Unit(2), "two"),
    (Unit(3), "three"),
    (Unit(4), "four"),
    (Unit(5), "five"),
    (Unit(6), "six"),
    (Unit(7), "seven"),
    (Unit(8), "eight"),
    (Unit(9), "nine"),
    (Teen(10), "ten"),
    (Teen(11), "eleven"),
    (Teen(12), "twelve"),
    (Teen(13), "thirteen"),
    (Teen(14), "fourteen"),
    (Teen(15), "fifteen"),
    (Teen(16), "sixteen"),
    (Teen(17), "seventeen"),
    (Teen(18), "eighteen"),
    (Teen(19), "nineteen"),
    (Tens(20), "twenty"),
    (Tens(30), "thirty"),
    (Tens(40), "forty fourty"),
    (Tens(50), "fifty"),
    (Tens(60), "sixty"),
    (Tens(70), "seventy"),
    (Tens(80), "eighty"),
    (Tens(90), "ninety"),
    (Hundred, "hundred hundreds"),
    (Scale(1_000), "thousand thousands"),
    (Scale(1_000_000), "million millions"),
    (Scale(1_000_000_000), "billion billions bn"),
    (And, "and"),
];

const ARABIC: &[(Word, &str)] = &[
    (Unit(0), "صفر"),
    (
        Unit(1),
        "واحد واحدة أحد إحدى wahed wa7ed wa7d wahd wahda wa7da",
    ),
    (
        Unit(2),
        "اثنان اثنين اثنتان اثنتين اثنا اثنتا اثني تنين جوج زوج jouj joj juj zouj",
    ),
    (Unit(3), "ثلاثة ثلاث تلاتة تلات tlata tleta telata tlat tlt"),
    (Unit(4), "أربعة أربع ربعة ربع rb3a reb3a arb3a rab3a arba3a"),
    (Unit(5), "خمسة خمس khmsa khamsa 5msa 5amsa khemsa"),
    (Unit(6), "ستة ست stta setta sitta"),
    (Unit(7), "سبعة سبع sb3a seb3a sab3a"),
    (
        Unit(8),
        "ثمانية ثماني ثمان تمنية تمانية tmnya tmenya tmania tmanya",
    ),
    (Unit(9), "تسعة تسع تسعود ts3a ts3oud tes3oud ts3ud tes3a"),
    (Teen(10), "عشرة عشر 3chra 3achra 3echra"),
    (Teen(11), "حداش حضاش 7dach hdach 7dax"),
    (Teen(12), "طناش تناش tnach tna3ch tnax"),
    (Teen(13), "تلطاش ثلطاش tltach tlettach tltax"),
    (Teen(14), "ربعطاش rb3tach reb3tach arb3tach"),
    (Teen(15), "خمسطاش khmstach khamstach 5mstach"),
    (Teen(16), "سطاش stach settach sttach"),
    (Teen(17), "سبعطاش sb3tach seb3tach"),
    (Teen(18), "تمنطاش tmntach tmentach"),
    (Teen(19), "تسعطاش ts3tach tes3tach"),
    (Tens(20), "عشرون عشرين 3chrin 3echrin 3ichrin"),
    (Tens(30), "ثلاثون ثلاثين تلاتين تلاثين tlatin tlatine"),
    (Tens(40), "أربعون أربعين ربعين rb3in arb3in reb3in"),
    (Tens(50), "خمسون خمسين khmsin khamsin 5msin"),
    (Tens(60), "ستون ستين settin sttin stin"),
    (Tens(70), "سبعون سبعين sb3in seb3in"),
    (Tens(80), "ثمانون ثمانين تمانين tmanin"),
    (Tens(90), "تسعون تسعين ts3in tes3in"),
    (Hundred, "مائة مئة مية ميا مئات مايه مياة mya mia miya meya"),
    (
        Hundreds(200),
        "مائتان مائتين مئتان مئتين مائتا مائتي مئتا مئتي ميتين mitin miyatin mytin",
    ),
    (Hundreds(300), "ثلاثمائة ثلاثمئة تلتمية تلاتمية tltmya teltmya"),
    (Hundreds(400), "أربعمائة أربعمئة ربعمية rb3mya reb3mya"),
    (Hundreds(500), "خمسمائة خمسمئة خمسمية khmsmya khamsmya"),
    (Hundreds(600), "ستمائة ستمئة ستمية stmya settmya"),
    (Hundreds(700), "سبعمائة سبعمئة سبعمية sb3mya"),
    (Hundreds(800), "ثمانمائة ثمانمئة ثمانيمائة تمنمية tmnmya"),
    (Hundreds(900), "تسعمائة تسعمئة تسعمية ts3mya"),
    (Scale(1_000), "ألف آلاف ألفا الاف alf alaf"),
    (
        Scale(1_000_000),
        "مليون المليون ملايين ميلون مليونا melyoun mlyoun mliyoun mlayen mlayn",
    ),
    (
        Scale(1_000_000_000),
        "مليار مليارا ملايير مليارات melyar mlyar mlayer",
    ),
    (Dual(2_000), "ألفان ألفين alfin alfayn"),
    (Dual(2_000_000), "مليونان مليونين مليوني"),
    (Dual(2_000_000_000), "ملياران مليارين ملياري"),
    (And, "و w ou u"),
];

/// Ordinals above ten that are one word.
const LATER_ORDINAL_FORMS: &[(u64, &str)] = &[
    (11, "onzième eleventh"),
    (12, "douzième twelfth"),
    (13, "treizième thirteenth"),
    (14, "quatorzième fourteenth"),
    (15, "quinzième fifteenth"),
    (16, "seizième sixteenth"),
    (17, "seventeenth"),
    (18, "eighteenth"),
    (19, "nineteenth"),
    (20, "vingtième twentieth العشرون العشرين"),
    (30, "trentième thirtieth الثلاثون الثلاثين"),
    (40, "quarantième fortieth الأربعون الأربعين"),
    (50, "cinquantième fiftieth الخمسون الخمسين"),
    (60, "soixantième sixtieth"),
    (80, "eightieth"),
    (90, "ninetieth"),
    (100, "centième hundredth"),
];

const ORDINAL_FORMS: [&str; 10] = [
    "premier première premiers premières first أولا الأول الأولى اللول اللولة لولى lewel lewla lwel lwwel lwla lowel lowla louwel llewla",
    "deuxième second seconde deuxièmes ثانيا الثاني الثانية التاني التانية tani tania tanya taniya",
    "troisième third ثالثا الثالث الثالثة التالت التالتة تالتة تالت talta talet talt talita talata thalita",
    "quatrième fourth رابعا الرابع الرابعة رابعة rab3a rabe3 rabi3a",
    "cinquième fifth خامسا الخامس الخامسة خامسة khamsa khames khamisa",
    "sixième sixth سادسا السادس السادسة سادسة sadsa sades sadisa",
    "septième seventh سابعا السابع السابعة سابعة sab3a sabe3 sabi3a",
    "huitième eighth ثامنا الثامن الثامنة التامن التامنة tamna tamen tamina",
    "neuvième ninth تاسعا التاسع التاسعة تاسعة tas3a tase3 tasi3a",
    "dixième tenth عاشرا العاشر العاشرة عاشرة 3achra 3acher",
];
