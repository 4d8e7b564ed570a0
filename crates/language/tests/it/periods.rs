//! Times people write.

use language::PeriodPhrase::{self, After, At, Before, Between, LastYears, Now, Since, Until};
use language::period::Period::{self, Day, Half, Month, Quarter, Span, Year};
use language::{Today, periods, tokenize};

const TODAY: Today = Today {
    year: 2026,
    month: 11,
    day: 23,
};

fn only(text: &str) -> PeriodPhrase {
    let spans = periods(&tokenize(text), TODAY);
    assert_eq!(spans.len(), 1, "{text}: {spans:?}");
    spans[0].phrase
}

#[test]
fn one_period() {
    for (text, period) in [
        ("2019", Year(2019)),
        ("en 2019", Year(2019)),
        ("in 2019", Year(2019)),
        ("سنة 2019", Year(2019)),
        ("في سنة ٢٠١٩", Year(2019)),
        ("عام 2019", Year(2019)),
        ("f 2019", Year(2019)),
        ("f2019", Year(2019)),
        ("ف 2019", Year(2019)),
        ("وسنة 2015", Year(2015)),
        ("fin 2022", Year(2022)),
        ("à la fin de l'année 2022", Year(2022)),
        ("début 2023", Year(2023)),
        ("d'ici 2030", Year(2030)),
        ("by 2030", Year(2030)),
        ("en l'an deux mille dix-neuf", Year(2019)),
        ("S1 2025", Half(2025, 1)),
        ("2025-S1", Half(2025, 1)),
        ("les six premiers mois de 2025", Half(2025, 1)),
        ("the last six months of 2024", Half(2024, 2)),
        ("the first three months of 2025", Quarter(2025, 1)),
        ("الأشهر الستة الأولى من 2025", Half(2025, 1)),
        ("الستة شهور اللولة د 2025", Half(2025, 1)),
        ("dernier trimestre 2024", Quarter(2024, 4)),
        ("الربع الأخير من 2024", Quarter(2024, 4)),
        ("premier semestre 2025", Half(2025, 1)),
        ("premier semestre de l'année 2025", Half(2025, 1)),
        ("first half of 2025", Half(2025, 1)),
        ("H1 2025", Half(2025, 1)),
        ("second semestre 2024", Half(2024, 2)),
        ("النصف الأول من سنة 2025", Half(2025, 1)),
        ("T3 2024", Quarter(2024, 3)),
        ("Q3 2024", Quarter(2024, 3)),
        ("2024 T3", Quarter(2024, 3)),
        ("troisième trimestre 2024", Quarter(2024, 3)),
        ("third quarter of 2024", Quarter(2024, 3)),
        ("الربع الثالث من 2024", Quarter(2024, 3)),
        ("mars 2019", Month(2019, 3)),
        ("en mars 2019", Month(2019, 3)),
        ("March 2019", Month(2019, 3)),
        ("مارس 2019", Month(2019, 3)),
        ("غشت 2020", Month(2020, 8)),
        ("أغسطس 2020", Month(2020, 8)),
        ("ديسمبر 2020", Month(2020, 12)),
        ("2019-03", Month(2019, 3)),
        ("le 18 décembre 2020", Day(2020, 12, 18)),
        ("December 18, 2020", Day(2020, 12, 18)),
        ("18 دجنبر 2020", Day(2020, 12, 18)),
        ("18/12/2020", Day(2020, 12, 18)),
        ("2016/2018", Span(2016, 2018)),
        ("l'an dernier", Year(2025)),
        ("last year", Year(2025)),
        ("العام الماضي", Year(2025)),
        ("l3am li fat", Year(2025)),
        ("cette année", Year(2026)),
        ("next year", Year(2027)),
        ("il y a 5 ans", Year(2021)),
        ("five years ago", Year(2021)),
    ] {
        assert_eq!(only(text), At(period), "{text}");
    }
}

#[test]
fn open_and_closed_ranges() {
    for (text, phrase) in [
        ("depuis 2015", Since(Year(2015))),
        ("since 2015", Since(Year(2015))),
        ("منذ 2015", Since(Year(2015))),
        ("mn 2015", Since(Year(2015))),
        ("من 2015", Since(Year(2015))),
        ("à partir de 2015", Since(Year(2015))),
        ("avant 2015", Before(Year(2015))),
        ("before 2015", Before(Year(2015))),
        ("9bel 2015", Before(Year(2015))),
        ("après mars 2019", After(Month(2019, 3))),
        ("بعد 2015", After(Year(2015))),
        ("jusqu'en 2019", Until(Year(2019))),
        ("until 2019", Until(Year(2019))),
        ("entre 2015 et 2019", Between(Year(2015), Year(2019))),
        ("de 2015 à 2019", Between(Year(2015), Year(2019))),
        ("2015-2019", Between(Year(2015), Year(2019))),
        ("between 2015 and 2019", Between(Year(2015), Year(2019))),
        ("from 2015 to 2019", Between(Year(2015), Year(2019))),
        ("بين 2015 و2019", Between(Year(2015), Year(2019))),
        ("bin 2015 w 2019", Between(Year(2015), Year(2019))),
        ("mn 2015 l 2019", Between(Year(2015), Year(2019))),
        ("من 2015 إلى 2019", Between(Year(2015), Year(2019))),
        ("entre 2019 et 2015", Between(Year(2015), Year(2019))),
        ("les cinq dernières années", LastYears(5)),
        ("the last 5 years", LastYears(5)),
        ("آخر 5 سنوات", LastYears(5)),
        ("السنوات الخمس الأخيرة", LastYears(5)),
        ("depuis 10 ans", LastYears(10)),
        ("منذ 3 سنوات", LastYears(3)),
        ("aujourd'hui", Now),
        ("latest", Now),
        ("daba", Now),
        ("دابا", Now),
        ("الآن", Now),
        ("حاليا", Now),
    ] {
        assert_eq!(only(text), phrase, "{text}");
    }
}

#[test]
fn times_are_found_inside_questions() {
    let of = |text: &str| {
        periods(&tokenize(text), TODAY)
            .iter()
            .map(|s| s.phrase)
            .collect::<Vec<_>>()
    };
    assert_eq!(
        of("Y a-t-il plus d'emplois en 2023 qu'en 2019 ?"),
        [At(Year(2023)), At(Year(2019))]
    );
    assert_eq!(
        of("wach lkhdma f 2023 ktar mn 2019?"),
        [At(Year(2023)), At(Year(2019))]
    );
    assert_eq!(of("Combien de centres d'appels à Fès ?"), []);
    assert_eq!(of("36 centres, 4 500 salariés, 11 %"), []);
    assert_eq!(of("mn fin dyal lkhedma"), []);
    let bare = periods(&tokenize("2019 emplois"), TODAY);
    assert!(bare[0].bare);
    assert!(!periods(&tokenize("en 2019"), TODAY)[0].bare);
}

#[test]
fn periods_are_written_and_read_alike() {
    for text in [
        "2019",
        "2025-S1",
        "2024-Q3",
        "2019-03",
        "2020-12-18",
        "2016/2018",
    ] {
        assert_eq!(
            text.parse::<Period>().map(|p| p.to_string()),
            Ok(text.to_owned())
        );
    }
    for text in [
        "",
        "19",
        "2019-13",
        "2019-S3",
        "2019-Q0",
        "2018/2016",
        "2023-02-29",
        "2019-",
        "2019-é1",
        "20١9",
        "2019-03-01-01",
    ] {
        assert!(text.parse::<Period>().is_err(), "{text}");
    }
    assert_eq!(Half(2025, 2).months(), ((2025, 7), (2025, 12)));
    assert_eq!(Quarter(2024, 3).months(), ((2024, 7), (2024, 9)));
    assert!(Half(2025, 1).is_part_year() && !Year(2025).is_part_year());
}
