//! Files of strangers: what lies, bursts, repeats itself or means something else than a table is refused with what to do, and changes
//! nothing. What a person's spreadsheet makes of a table is taken.

use std::io::{Cursor, Write};
use std::path::PathBuf;

use import::{Comparison, Format, Options, Stored};
use rust_xlsxwriter::{ExcelDateTime, Format as CellFormat, Formula, Workbook};
use store::audit_entry::Act;
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

use crate::folder::Folder;

const EVENTS: [&str; 6] = [
    "key",
    "name_fr",
    "date",
    "territory_code",
    "organiser_keys",
    "source_key",
];

fn options() -> Options<'static> {
    Options {
        now: "2026-12-01T10:00:00Z".parse().expect("an instant"),
        progress: None,
    }
}

/// A database with the shipped tables that events refer to.
async fn filled() -> testkit::Database {
    let database = testkit::empty().await;
    let tables = ["sources", "indicators", "organisations", "territories"];
    let folder = Folder::with(&tables);
    folder.import(&database.store).await.expect("taken");
    database
}

async fn compared(database: &testkit::Database, name: &str, bytes: Vec<u8>) -> Comparison {
    let format = Format::of(name).unwrap_or(Format::Xlsx);
    let stored = Stored::read(&database.store).await.expect("the database");
    stored.compare((name, format), bytes, &options())
}

/// What is wrong with a file, every line of it.
async fn refusals(database: &testkit::Database, name: &str, bytes: Vec<u8>) -> Vec<String> {
    let comparison = compared(database, name, bytes).await;
    let said: Vec<_> = comparison
        .problems()
        .shown()
        .iter()
        .map(ToString::to_string)
        .collect();
    let before = database.store.data_revision().await.expect("a revision");
    let act = Act::of_operator(options().now, comparison.reason(None));
    let written = comparison.write(&database.store, &options(), &act).await;
    assert_eq!(written.is_err(), !said.is_empty(), "{name}: {said:#?}");
    let after = database.store.data_revision().await.expect("a revision");
    assert!(said.is_empty() || after == before);
    said
}

/// A workbook with a sheet of events; `fill` writes below the header.
fn workbook(fill: impl FnOnce(&mut rust_xlsxwriter::Worksheet)) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name("events").expect("a name");
    for (column, name) in (0..).zip(EVENTS) {
        sheet.write_string(0, column, name).expect("a cell");
    }
    fill(sheet);
    workbook.save_to_buffer().expect("a workbook")
}

fn event(sheet: &mut rust_xlsxwriter::Worksheet, row: u32, key: &str) {
    let cells = [key, "Un salon", "2020", "03.231", "", "journaleco_2020"];
    for (column, cell) in (0..).zip(cells) {
        sheet.write_string(row, column, cell).expect("a cell");
    }
}

/// The same workbook with some of its parts as they were not.
fn with_parts(bytes: Vec<u8>, change: impl Fn(&str, String) -> Vec<(String, Vec<u8>)>) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let packed = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).expect("a part");
        let name = part.name().expect("a name").into_owned();
        let mut text = String::new();
        std::io::Read::read_to_string(&mut part, &mut text).expect("XML");
        for (name, content) in change(&name, text) {
            writer.start_file(name, packed).expect("a part");
            writer.write_all(&content).expect("written");
        }
    }
    writer.finish().expect("an archive").into_inner()
}

/// The workbook with another text of its sheet.
fn with_sheet(change: impl Fn(String) -> String) -> Vec<u8> {
    with_parts(workbook(|sheet| event(sheet, 1, "one")), |name, text| {
        let text = match name.ends_with("sheet1.xml") {
            true => change(text),
            false => text,
        };
        vec![(name.to_owned(), text.into_bytes())]
    })
}

#[tokio::test]
async fn what_a_spreadsheet_makes_of_a_table_is_taken() {
    let database = filled().await;
    let bytes = workbook(|sheet| {
        let date = CellFormat::new().set_num_format("dd/mm/yyyy");
        let day = ExcelDateTime::from_ymd(2020, 12, 18).expect("a day");
        event(sheet, 1, "with_date");
        sheet
            .write_datetime_with_format(1, 2, &day, &date)
            .expect("a cell");
        event(sheet, 2, "with_year");
        sheet.write_number(2, 2, 2020.0).expect("a cell");
        // A blank line between, as people leave them.
        event(sheet, 6, "after_blanks");
    });
    let comparison = compared(&database, "mine.xlsx", bytes).await;
    assert!(
        comparison.problems().is_empty(),
        "{}",
        comparison.problems()
    );
    let dates: Vec<_> = comparison
        .changes()
        .into_iter()
        .filter(|change| !change.key.is_empty() && change.concept.as_str() == "event")
        .map(|change| {
            let held = change.fields.iter().find(|field| field.field == "heldOn");
            let held = held.and_then(|field| field.after.clone());
            (
                change.key,
                held.unwrap_or_default(),
                change.place.unwrap_or_default(),
            )
        })
        .collect();
    let expected = [
        ("with_date", "2020-12-18", "mine.xlsx, events!2"),
        ("with_year", "2020", "mine.xlsx, events!3"),
        ("after_blanks", "2020", "mine.xlsx, events!7"),
    ];
    let expected =
        expected.map(|(key, date, place)| (key.to_owned(), date.to_owned(), place.to_owned()));
    assert_eq!(dates, expected);

    // A French spreadsheet parts columns with semicolons, and marks its UTF-8.
    let french = format!(
        "\u{feff}{}\r\nfr;\"Salon; édition 1\";2020;03.231;;journaleco_2020\r\n",
        EVENTS.join(";")
    );
    assert_eq!(
        refusals(&database, "events.csv", french.into_bytes()).await,
        [""; 0]
    );
}

#[tokio::test]
async fn a_bad_cell_is_named_as_the_spreadsheet_names_it() {
    let database = filled().await;
    let bytes = workbook(|sheet| {
        event(sheet, 1, "one");
        sheet
            .write_formula(1, 2, Formula::new("=YEAR(TODAY())").set_result("2026"))
            .expect("a cell");
        event(sheet, 2, "two");
        sheet.write_string(2, 3, "99.999").expect("a cell");
        event(sheet, 3, "three");
        let clock = CellFormat::new().set_num_format("yyyy-mm-dd hh:mm");
        sheet
            .write_number_with_format(3, 2, 44_000.5, &clock)
            .expect("a cell");
        event(sheet, 4, "four");
        sheet.write_string(4, 8, "stray").expect("a cell");
        event(sheet, 5, "five");
        sheet.write_boolean(5, 2, true).expect("a cell");
    });
    let said = refusals(&database, "mine.xlsx", bytes).await;
    let expected = [
        "mine.xlsx, events!C2, column date: \"2026\" comes of a formula: put its value in its place (copy, then paste values)",
        "mine.xlsx, events!D3, column territory_code: \"99.999\" is unknown",
        "mine.xlsx, events!C4, column date: \"2020-06-18\" is a time of day",
        "mine.xlsx, events!5, column I: \"stray\" stands under no column",
        "mine.xlsx, events!C6, column date: \"true\" is not a date",
    ];
    for (said, expected) in said.iter().zip(expected) {
        assert!(said.starts_with(expected), "{said} for {expected}");
    }
    assert_eq!(said.len(), expected.len(), "{said:#?}");

    // What is right beside it is told all the same.
    let bytes = workbook(|sheet| {
        event(sheet, 1, "good");
        event(sheet, 2, "bad");
        sheet.write_string(2, 2, "never").expect("a cell");
    });
    let comparison = compared(&database, "mine.xlsx", bytes).await;
    let keys: Vec<_> = comparison.changes().into_iter().map(|it| it.key).collect();
    let events = comparison.report().file("events").expect("a sheet");
    assert!(keys.contains(&"good".to_owned()) && !keys.contains(&"bad".to_owned()));
    assert_eq!(
        (events.rows, events.refused, events.tally.new),
        (Some(2), 1, 1)
    );
}

#[tokio::test]
async fn sheets_and_columns_must_be_known_and_once() {
    let database = filled().await;
    let named = |names: &[&str]| {
        let mut workbook = Workbook::new();
        for name in names {
            let sheet = workbook.add_worksheet();
            sheet.set_name(*name).expect("a name");
            for (column, name) in (0..).zip(EVENTS) {
                sheet.write_string(0, column, name).expect("a cell");
            }
        }
        workbook.save_to_buffer().expect("a workbook")
    };
    let twice = with_parts(named(&["events", "sites"]), |name, text| {
        let text = text.replace("name=\"sites\"", "name=\"Events\"");
        vec![(name.to_owned(), text.into_bytes())]
    });
    let mut empty = Workbook::new();
    empty.add_worksheet().set_name("Feuil1").expect("a name");
    let column = workbook(|sheet| {
        event(sheet, 1, "one");
        sheet.write_string(0, 6, "surprise").expect("a cell");
    });
    let double = workbook(|sheet| {
        event(sheet, 1, "one");
        sheet.write_string(0, 6, "key").expect("a cell");
    });
    let cases = [
        (
            named(&["events", "Sites"]),
            "Sites: no table has this name; known: units, sources",
        ),
        (twice, "events: stands there twice"),
        (
            empty.save_to_buffer().expect("a workbook"),
            "has no sheet with the name of a table",
        ),
        (column, "events!G1, column surprise: unknown column"),
        (double, "column key: the column stands there twice"),
        (
            with_sheet(|text| text.replace("<row r=\"1\"", "<row r=\"1\" hidden=\"1\"")),
            "",
        ),
    ];
    for (bytes, reason) in cases {
        let said = refusals(&database, "mine.xlsx", bytes).await;
        match reason {
            "" => assert_eq!(said, [""; 0]),
            _ => assert!(
                said.iter().any(|it| it.contains(reason)),
                "{reason}: {said:#?}"
            ),
        }
    }
}

#[tokio::test]
async fn what_is_no_plain_workbook_says_what_to_do() {
    let database = filled().await;
    let beside = |part: &'static str| {
        with_parts(workbook(|_| {}), move |name, text| {
            let mut parts = vec![(name.to_owned(), text.into_bytes())];
            if name == "xl/workbook.xml" {
                parts.push((part.to_owned(), b"x".to_vec()));
            }
            parts
        })
    };
    let whole = workbook(|_| {});
    let half = whole[..whole.len() / 2].to_vec();
    let cases = [
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec(),
            "is an old Excel file (.xls), or has a password",
        ),
        (beside("xl/vbaProject.bin"), "holds macros (.xlsm)"),
        (beside("xl/workbook.bin"), "is a binary workbook (.xlsb)"),
        (beside("content.xml"), "is an OpenDocument file (.ods)"),
        (b"<html>".to_vec(), "is not an Excel workbook"),
        (Vec::new(), "is not an Excel workbook"),
        (b"PK\x03\x04".to_vec(), "is damaged"),
        (half, "is damaged"),
    ];
    for (bytes, reason) in cases {
        let said = refusals(&database, "mine.xlsx", bytes).await;
        assert!(
            said[0].starts_with(&format!("mine.xlsx: {reason}"))
                && said[0].contains("save it as .xlsx"),
            "{reason}: {said:#?}"
        );
    }
    // By its content, whatever it is called.
    let home = tempfile::tempdir().expect("a folder");
    let path: PathBuf = home.path().join("mine.xls");
    std::fs::write(&path, b"\xd0\xcf\x11\xe0 old").expect("written");
    let comparison = import::compare(&database.store, &path, &options()).await;
    let problems = comparison.expect("compared").problems().to_string();
    assert!(problems.contains("old Excel file"), "{problems}");
    std::fs::write(&path, b"a text").expect("written");
    let refused = import::compare(&database.store, &path, &options()).await;
    let refused = refused.err().expect("refused").to_string();
    assert!(refused.contains("it is none of these"), "{refused}");
    std::fs::write(home.path().join("site.csv"), b"key\n").expect("written");
    let path = home.path().join("site.csv");
    let comparison = import::compare(&database.store, &path, &options()).await;
    let problems = comparison.expect("compared").problems().to_string();
    assert!(problems.contains("is not named as a table"), "{problems}");
}

#[tokio::test]
async fn archives_cannot_burst() {
    let database = filled().await;
    let zeros = vec![b' '; 65 << 20];
    // One part that unpacks to more than it may.
    let large = with_sheet(|text| {
        let (head, tail) = text.split_at(text.find("<sheetData>").expect("cells"));
        format!(
            "{head}{}{tail}",
            String::from_utf8(zeros.clone()).expect("blanks")
        )
    });
    assert!(large.len() < 1 << 20, "{} bytes", large.len());
    // Many that do together, in parts nobody reads.
    let many = with_parts(workbook(|_| {}), |name, text| {
        let mut parts = vec![(name.to_owned(), text.into_bytes())];
        if name == "xl/workbook.xml" {
            let media = |index| (format!("xl/media/{index}.png"), vec![0; 40 << 20]);
            parts.extend((0..4).map(media));
        }
        parts
    });
    let crowd = with_parts(workbook(|_| {}), |name, text| {
        let mut parts = vec![(name.to_owned(), text.into_bytes())];
        if name == "xl/workbook.xml" {
            parts.extend((0..600).map(|index| (format!("xl/media/{index}"), Vec::new())));
        }
        parts
    });
    // A part that says it is small: the sizes in the list of parts and before the part are those of an empty one.
    let mut liar = with_sheet(|text| format!("{text}{}", " ".repeat(65 << 20)));
    lie_about_sizes(&mut liar, b"xl/worksheets/sheet1.xml", 10);
    let mut boaster = with_sheet(|text| text);
    lie_about_sizes(&mut boaster, b"xl/worksheets/sheet1.xml", u32::MAX - 1);
    let cases = [
        (large, "once unpacked"),
        (many, "once unpacked"),
        (crowd, "has more than 512 parts"),
        (liar, "mine.xlsx: "),
        (boaster, "once unpacked"),
    ];
    for (bytes, reason) in cases {
        let said = refusals(&database, "mine.xlsx", bytes).await;
        assert!(
            said.iter().any(|it| it.contains(reason)),
            "{reason}: {said:#?}"
        );
    }
}

/// Writes another unpacked size wherever the archive tells that of a part.
fn lie_about_sizes(bytes: &mut [u8], part: &[u8], size: u32) {
    for (mark, name_at, size_at) in [(b"PK\x03\x04", 30, 22), (b"PK\x01\x02", 46, 24)] {
        let mut from = 0;
        while let Some(found) = bytes[from..].windows(4).position(|it| it == mark) {
            let at = from + found;
            if bytes[at + name_at..].starts_with(part) {
                bytes[at + size_at..at + size_at + 4].copy_from_slice(&size.to_le_bytes());
            }
            from = at + 4;
        }
    }
}

#[tokio::test]
async fn sheets_cannot_claim_what_they_do_not_hold() {
    let database = filled().await;
    // All of the sheet, claimed and touched at its far corner.
    let claimed = with_sheet(|text| text.replace("ref=\"A1:F2\"", "ref=\"A1:XFD1048576\""));
    assert_eq!(refusals(&database, "mine.xlsx", claimed).await, [""; 0]);
    let corner = "<row r=\"1048576\"><c r=\"XFD1048576\" t=\"inlineStr\"><is><t>x</t></is></c></row></sheetData>";
    let far = with_sheet(|text| text.replace("</sheetData>", corner));
    let below = "<row r=\"1048576\"><c r=\"A1048576\" t=\"inlineStr\"><is><t>x</t></is></c></row></sheetData>";
    let deep = with_sheet(|text| text.replace("</sheetData>", below));
    let backwards =
        "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>x</t></is></c></row></sheetData>";
    let backwards = with_sheet(|text| text.replace("</sheetData>", backwards));
    let nowhere = with_sheet(|text| text.replace("r=\"A2\"", "r=\"ZZZZZZZZZZ99999999999\""));
    let reversed = with_sheet(|text| text.replace("ref=\"A1:F2\"", "ref=\"F2:A1\""));
    let texts = |count: &'static str| {
        with_parts(
            workbook(|sheet| event(sheet, 1, "one")),
            move |name, text| {
                let text = match name.ends_with("sharedStrings.xml") {
                    true => {
                        let at = text.find("uniqueCount=\"").expect("a count") + 13;
                        let end = at + text[at..].find('"').expect("its end");
                        format!("{}{count}{}", &text[..at], &text[end..])
                    }
                    false => text,
                };
                vec![(name.to_owned(), text.into_bytes())]
            },
        )
    };
    // A million columns in one row; and a text of 30,000 characters that a hundred thousand cells repeat.
    let wide = with_sheet(|text| {
        let cells: String = (0..1_000_000).map(|_| "<c><v>1</v></c>").collect();
        text.replace(
            "</sheetData>",
            &format!("<row r=\"3\">{cells}</row></sheetData>"),
        )
    });
    let repeated = with_parts(workbook(|sheet| event(sheet, 1, "one")), |name, text| {
        let text = if name.ends_with("sheet1.xml") {
            let rows: String = (3..100_003)
                .map(|row| format!("<row r=\"{row}\"><c r=\"A{row}\" t=\"s\"><v>0</v></c></row>"))
                .collect();
            text.replace("</sheetData>", &format!("{rows}</sheetData>"))
        } else if name.ends_with("sharedStrings.xml") {
            text.replacen("<t>key</t>", &format!("<t>{}</t>", "k".repeat(30_000)), 1)
        } else {
            text
        };
        vec![(name.to_owned(), text.into_bytes())]
    });
    let sparse = with_sheet(|text| {
        let rows: String = (3..40_003)
            .map(|row| format!("<row r=\"{row}\"><c r=\"IV{row}\"><v>1</v></c></row>"))
            .collect();
        text.replace("</sheetData>", &format!("{rows}</sheetData>"))
    });
    let index = with_sheet(|text| text.replace("t=\"s\"><v>0</v>", "t=\"s\"><v>99999999</v>"));
    for (bytes, reason) in [
        (far, "has something in XFD1048576"),
        (deep, "has more than 1000000 rows"),
        (backwards, "has its cells out of order"),
        (nowhere, "mine.xlsx"),
        (texts("99999999999999999999"), "announces more texts"),
        (texts("9999999"), "announces more texts"),
        (wide, "a table has at most 256 columns"),
        (repeated, "MiB of text"),
        (sparse, "8000000 cells"),
        (index, "mine.xlsx"),
    ] {
        let said = refusals(&database, "mine.xlsx", bytes).await;
        assert!(
            said.iter().any(|it| it.contains(reason)),
            "{reason}: {said:#?}"
        );
    }
    // Whatever it is taken for, it is not a panic.
    refusals(&database, "mine.xlsx", reversed).await;
}

#[tokio::test]
async fn xml_has_no_entities_of_its_own_and_no_end_of_depth() {
    let database = filled().await;
    let laughs = "<!DOCTYPE lolz [<!ENTITY lol \"lol\"><!ENTITY lol2 \"&lol;&lol;&lol;&lol;\">]>";
    let declared =
        with_sheet(|text| text.replacen("<worksheet", &format!("{laughs}<worksheet"), 1));
    let entity =
        "<row r=\"3\"><c r=\"A3\" t=\"inlineStr\"><is><t>&lol;</t></is></c></row></sheetData>";
    let undeclared = with_sheet(|text| text.replace("</sheetData>", entity));
    let deep = with_sheet(|text| {
        let nested = format!("{}{}", "<a>".repeat(1_000_000), "</a>".repeat(1_000_000));
        text.replace("<sheetData>", &format!("{nested}<sheetData>"))
    });
    let other = with_sheet(|text| text.replacen("UTF-8", "UTF-16", 1));
    let control = with_sheet(|text| text.replacen("<sheetData>", "<!-- \u{1b} --><sheetData>", 1));
    let open = with_sheet(|text| text.replace("</sheetData>", ""));
    for (bytes, reason) in [
        (declared, "entities of its own"),
        (undeclared, "events: cannot be read"),
        (other, "is not UTF-8"),
        (control, "characters that XML does not know"),
        (open, "events: cannot be read"),
    ] {
        let said = refusals(&database, "mine.xlsx", bytes).await;
        assert!(
            said.iter().any(|it| it.contains(reason)),
            "{reason}: {said:#?}"
        );
    }
    assert_eq!(refusals(&database, "mine.xlsx", deep).await, [""; 0]);
}

#[tokio::test]
async fn lines_say_each_thing_once() {
    let database = filled().await;
    let good = r#"{"table":"events","key":"one","name_fr":"Un salon","date":2020,"territory_code":"03.231","organiser_keys":["apebi"],"source_key":"journaleco_2020"}"#;
    let long = format!(
        "{{\"table\":\"events\",\"key\":\"{}\"}}",
        "k".repeat(1 << 20)
    );
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let nested = good.replace("2020,", &format!("{deep},"));
    let list = good.replace(
        "[\"apebi\"]",
        &format!("[{}]", vec!["\"apebi\""; 201].join(",")),
    );
    let cases: Vec<(String, &str)> = vec![
        (
            good.replace("\"key\"", "\"surprise\""),
            "column surprise: unknown column; known: key, name_fr",
        ),
        (
            good.replace("\"date\"", "\"key\""),
            "has the field \"key\" twice",
        ),
        (
            good.replace("\"date\":2020,", ""),
            "column date: the column is missing: null says that it is empty",
        ),
        (
            good.replace("events", "event"),
            "column table: is no table; known: units",
        ),
        (good.replace("\"events\"", "7"), "is no table"),
        (good.replace("\"table\":\"events\",", ""), "names no table"),
        (
            good.replace("2020,", "{\"y\":1},"),
            "a text, a number, true, false, null or a list of texts",
        ),
        (
            good.replace("2020,", "[\"2020\"],"),
            "column date: is a list, where one value is wanted",
        ),
        (good.replace("[\"apebi\"]", "[1]"), "expected a string"),
        (list, "lists more than 200"),
        (nested, "expected a string"),
        (deep, "an object with the columns of a row"),
        ("[]".to_owned(), "an object with the columns of a row"),
        (good[..40].to_owned(), "is not JSON"),
        (format!("{good} {good}"), "is not JSON"),
        (long, "is longer than 1048576 bytes"),
        (good.replace("2020,", "1e400,"), "is not JSON"),
        (
            format!("{good}\n{good}"),
            "line 2, column key: \"one\" is the key of another row already: facts.jsonl, line 1",
        ),
    ];
    for (text, reason) in cases {
        let said = refusals(&database, "facts.jsonl", text.clone().into_bytes()).await;
        let text: String = text.chars().take(200).collect();
        assert!(
            said.iter().any(|it| it.contains(reason)),
            "{text} {reason}: {said:#?}"
        );
        assert!(said.iter().all(|it| it.len() < 1_000), "{said:#?}");
    }
    let mut not_utf8 = good.as_bytes().to_vec();
    not_utf8[40] = 0xff;
    let said = refusals(&database, "facts.jsonl", not_utf8).await;
    assert!(said[0].contains("line 1: is not UTF-8"), "{said:#?}");
    let text = format!("\u{feff}\r\n{good}\r\n\r\n");
    assert_eq!(
        refusals(&database, "facts.jsonl", text.into_bytes()).await,
        [""; 0]
    );
}

#[tokio::test]
async fn csv_of_any_width_and_length_is_answered() {
    let database = filled().await;
    let header = EVENTS.join(",");
    let wide = vec!["x"; 1_000_000].join(",");
    let long = format!(
        "{header}\none,{},2020,03.231,,journaleco_2020\n",
        "x".repeat(10 << 20)
    );
    let latin = [
        header.as_bytes(),
        b"\none,Op\xe9ration,2020,03.231,,journaleco_2020\n",
    ]
    .concat();
    let sixteen: Vec<u8> = format!("\u{feff}{header}\n")
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let cases: Vec<(Vec<u8>, &str)> = vec![
        (wide.into_bytes(), "line 1: has more than 256 columns"),
        (long.into_bytes(), "is longer than 2000 characters"),
        (
            latin,
            "line 2, column name_fr: is not UTF-8: save it as \"CSV UTF-8\"",
        ),
        (sixteen, "is not UTF-8"),
        (
            format!("{}\none\n", EVENTS.join("\t")).into_bytes(),
            "unknown column",
        ),
    ];
    for (bytes, reason) in cases {
        let said = refusals(&database, "events.csv", bytes).await;
        assert!(
            said.iter().any(|it| it.contains(reason)),
            "{reason}: {said:#?}"
        );
        assert!(said.iter().all(|it| it.len() < 1_000), "{said:#?}");
    }
}

#[tokio::test]
async fn a_dry_run_tells_what_would_change_and_writes_nothing() {
    testkit::each_empty_database(async |database| {
        let folder = Folder::shipped(false);
        folder.import(&database.store).await.expect("taken");
        let revision = database.store.data_revision().await.expect("a revision");
        folder.replace("sites.csv", "CRM,150,2013,", "CRM,160,2013,");
        folder.replace("events.csv", "2015-10-13", "2015-10-14");
        folder.append(
            "events.csv",
            "salon_2027,Salon,2027,03.231,apebi,journaleco_2020",
        );
        let comparison = import::compare(&database.store, folder.path(), &options())
            .await
            .expect("compared");
        let mut told: Vec<_> = comparison
            .changes()
            .iter()
            .map(|change| {
                let fields = change.fields.iter().map(|field| {
                    let side = |value: &Option<String>| value.clone().unwrap_or_default();
                    format!(
                        "{}: {} → {}",
                        field.field,
                        side(&field.before),
                        side(&field.after)
                    )
                });
                let fields = match change.change.as_str() {
                    "revised" => fields.collect::<Vec<_>>().join(", "),
                    _ => String::new(),
                };
                let place = change.place.clone().unwrap_or_default();
                format!("{} {} {fields} ({place})", change.change, change.key)
            })
            .collect();
        told.sort();
        let line = folder.read("sites.csv");
        let line = 1 + line[..line.find("CRM,160,2013").expect("the row")]
            .matches('\n')
            .count();
        assert!(
            told.contains(&"created salon_2027  (events.csv, line 11)".to_owned()),
            "{told:#?}"
        );
        let figure = format!(
            "revised site.foundever.04.421.2.headcount value: 150 → 160 (sites.csv, line {line})"
        );
        assert!(told.contains(&figure), "{told:#?}");
        assert!(
            told.iter()
                .any(|it| it.contains("heldOn: 2015-10-13 → 2015-10-14")),
            "{told:#?}"
        );
        assert_eq!(told.len(), 3, "{told:#?}");
        assert_eq!(
            database.store.data_revision().await.expect("a revision"),
            revision
        );

        let act = Act::of_operator(options().now, comparison.reason(Some("seen on the site")));
        let written = comparison.write(&database.store, &options(), &act).await;
        written.expect("written");
        let wanted = store::history::Wanted {
            concept: entity::ConceptKind::Event,
            key: "salon_2027".into(),
        };
        let newest = store::Part {
            after: None,
            before: None,
            most: 1,
            newest_first: true,
            backward: false,
        };
        let history = store::history::page(&database.store, &wanted, &newest).await;
        let reason = history.expect("its history")[0].reason.clone();
        assert!(
            reason.is_some_and(
                |it| it.starts_with("import of ") && it.ends_with(": seen on the site")
            )
        );
    })
    .await;
}

#[tokio::test]
async fn a_sheet_that_was_cut_and_pasted_at_random_is_answered() {
    let database = filled().await;
    let mut state: u64 = 20_261_129;
    let mut random = |below: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (state >> 33) as usize % below.max(1)
    };
    for _ in 0..60 {
        let (from, length, to) = (random(2_000), random(40), random(2_000));
        let bytes = with_sheet(|text| {
            let mut text = text.into_bytes();
            let from = from.min(text.len());
            let piece: Vec<u8> = text.drain(from..(from + length).min(text.len())).collect();
            let to = to.min(text.len());
            text.splice(to..to, piece);
            String::from_utf8_lossy(&text).into_owned()
        });
        // Taken or refused, as `refusals` holds; never a panic.
        refusals(&database, "mine.xlsx", bytes).await;
    }
}
