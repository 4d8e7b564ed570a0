//! A broken copy of the data is refused with file, line, column and reason, and changes nothing.

use std::io::Write;

use import::Problem;
use store::Store;

use crate::folder::Folder;

/// One change a line: in which file what is replaced by what, and in which column for which reason that is refused.
const MUTATIONS: &str = include_str!("mutations.tsv");

#[tokio::test]
async fn every_kind_of_bad_row_is_refused_by_name() {
    let database = testkit::empty().await;
    let written = |text: &str| {
        let marks = [
            ("\\n", "\n"),
            ("\\u{7}", "\u{7}"),
            ("\\u{202e}", "\u{202e}"),
        ];
        marks.iter().fold(text.to_owned(), |text, (mark, meant)| {
            text.replace(mark, meant)
        })
    };
    for change in MUTATIONS
        .lines()
        .skip(1)
        .filter(|line| !line.starts_with('#'))
    {
        let columns: Vec<String> = change.split('\t').map(written).collect();
        let [file, old, new, column, reason] = columns.try_into().expect("five columns");
        let folder = Folder::shipped(false);
        let text = folder.read(&file);
        let at = text
            .find(&old)
            .unwrap_or_else(|| panic!("{file} has no {old:?}"));
        let line = 1 + text[..at].matches('\n').count() as u64;
        folder.replace(&file, &old, &new);
        let problems = folder.refusal(&database.store).await;
        let named = |problem: &&Problem| {
            problem.file == file
                && problem.line == Some(line)
                && problem.column.as_deref().unwrap_or_default() == column
                && problem.reason.contains(&reason)
        };
        let said: Vec<String> = problems.iter().map(ToString::to_string).collect();
        assert!(
            problems.iter().any(|problem| named(&problem)),
            "{file}:{line} {column} {new:?} should say {reason:?}, says {said:#?}"
        );
    }
    assert_eq!(database.store.data_revision().await.expect("a revision"), 0);
}

#[tokio::test]
async fn a_refused_run_leaves_both_databases_as_they_were() {
    testkit::each_database(async |database| {
        let before = store::load::in_force(&database.store).await.expect("read back");
        let folder = Folder::shipped(true);
        folder.replace("observations.csv", "2019,stated,36,exact", "2019,stated,37,exact");
        folder.append("events.csv", "late,Too late,2031-02-29,03.231,,journaleco_2020");
        let problems = folder.refusal(&database.store).await;
        assert_eq!(problems.len(), 1);
        assert_eq!(problems[0].to_string(), "events.csv, line 11, column date: \"2031-02-29\" is not a date (2020, 2020-12 or 2020-12-18)");
        let after = store::load::in_force(&database.store).await.expect("read back");
        assert!(after.observations == before.observations, "{}", database.kind());
    })
    .await;
}

async fn reasons(folder: &Folder, store: &Store) -> Vec<String> {
    folder
        .refusal(store)
        .await
        .iter()
        .map(ToString::to_string)
        .collect()
}

#[tokio::test]
async fn all_problems_are_told_at_once_and_many_are_counted() {
    let database = testkit::empty().await;
    let folder = Folder::shipped(false);
    folder.replace(
        "events.csv",
        "02.411,,courrieratlas_2019_oujda",
        "99.999,,nobody",
    );
    folder.replace("parks.csv", "ewane,22,30000", "ewane,much,30000");
    let said = reasons(&folder, &database.store).await;
    assert_eq!(said.len(), 3, "{said:#?}");

    let text = folder
        .read("territories.csv")
        .replace(",commune,", ",village,");
    folder.write("territories.csv", text);
    match folder.import(&database.store).await {
        Err(import::Error::Refused(problems)) => {
            assert_eq!(problems.shown().len(), import::SHOWN);
            assert!(problems.total() > 1_500);
            assert!(
                problems
                    .to_string()
                    .ends_with("problems; nothing was changed"),
                "{problems}"
            );
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn lines_are_those_an_editor_shows() {
    let database = testkit::empty().await;
    let folder = Folder::shipped(false);
    let header = "key,name_fr,date,territory_code,organiser_keys,source_key";
    folder.write(
        "events.csv",
        format!("\u{feff}{header}\r\n\r\n\r\nfirst,\"A, \"\"quoted\"\" name\",2020,03.231,,journaleco_2020\r\n\r\nsecond,Name,2020-99,03.231,,journaleco_2020\r\n"),
    );
    let problems = folder.refusal(&database.store).await;
    assert_eq!(
        (
            problems.len(),
            problems[0].line,
            problems[0].column.as_deref()
        ),
        (1, Some(6), Some("date"))
    );

    folder.write("events.csv", format!("{header}\nfirst,\"One\nname\nover lines\",2020,03.231,,journaleco_2020\nsecond,Name,never,03.231,,journaleco_2020\n"));
    let problems = folder.refusal(&database.store).await;
    assert_eq!(
        problems
            .iter()
            .map(|problem| problem.line)
            .collect::<Vec<_>>(),
        [Some(2), Some(5)]
    );
}

#[tokio::test]
async fn bytes_that_are_no_table_are_refused() {
    let database = testkit::empty().await;
    let mut not_utf8 = Folder::shipped(false).read("events.csv").into_bytes();
    let at = not_utf8
        .windows(5)
        .position(|bytes| bytes == b"Oujda")
        .expect("a city");
    not_utf8[at] = 0xff;
    let long = "x".repeat(import::TEXT + 1);
    let header = "key,name_fr,date,territory_code,organiser_keys,source_key";
    let cases: Vec<(Vec<u8>, &str)> = vec![
        (not_utf8, "events.csv, line 3, column name_fr: is not UTF-8"),
        (Vec::new(), "events.csv: is empty: the header is missing"),
        (b"\0\0\0\0".to_vec(), "unknown column"),
        (format!("{header}\nlong,{long},2020,03.231,,journaleco_2020\n").into_bytes(), "is longer than 2000 characters"),
        (format!("{header}\nopen,\"never closed,2020,03.231,,journaleco_2020\nnext,x,2020,03.231,,journaleco_2020\n").into_bytes(), "line 2: has 2 columns, the header 6"),
        (format!("{header}\n{},x,2020,03.231,,journaleco_2020\n", "k".repeat(import::KEY + 1)).into_bytes(), "is not a key"),
        (format!("{header}\nmany,x,2020,03.231,{},journaleco_2020\n", (0..=import::LISTED).map(|index| format!("o{index}")).collect::<Vec<_>>().join("|")).into_bytes(), "lists more than 200"),
        (vec![b'x'; (import::FILE_BYTES + 1) as usize], "is larger than 64 MiB"),
    ];
    for (bytes, reason) in cases {
        let folder = Folder::shipped(false);
        folder.write("events.csv", bytes);
        let said = reasons(&folder, &database.store).await;
        assert!(
            said.iter().any(|said| said.contains(reason)),
            "{reason}: {said:#?}"
        );
    }
}

#[tokio::test]
async fn packed_files_cannot_burst() {
    let database = testkit::empty().await;
    let folder = Folder::shipped(false);
    let census = "observations_hcp.csv.gz";
    let pack = |fill: &dyn Fn(&mut dyn Write)| {
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        fill(&mut packer);
        packer.finish().expect("packed")
    };
    let bomb = pack(&|packer| {
        let zeros = vec![b'0'; 1 << 20];
        for _ in 0..257 {
            packer.write_all(&zeros).expect("packed");
        }
    });
    folder.write(census, &bomb);
    assert_eq!(
        reasons(&folder, &database.store).await,
        [format!("{census}: holds more than 256 MiB once unpacked")]
    );

    let whole = std::fs::read(testkit::data().join(census)).expect("the census");
    folder.write(census, &whole[..whole.len() / 2]);
    assert!(
        reasons(&folder, &database.store).await[0]
            .starts_with(&format!("{census}: cannot be unpacked"))
    );

    folder.write(census, b"territory_code,indicator_key\n");
    assert!(reasons(&folder, &database.store).await[0].contains("cannot be unpacked as gzip"));

    let header = "territory_code,indicator_key,period,value,unit,source_key\n";
    folder.remove(census).write(
        "observations_hcp.csv",
        format!("{header}03.231,hcp_households,2024,5,people,hcp_rgph2024_population\n"),
    );
    assert_eq!(
        reasons(&folder, &database.store).await,
        [
            "observations_hcp.csv, line 2, column unit: \"people\" is not the unit of hcp_households: households"
        ]
    );
    let row = "03.231,hcp_households,2024,5,households,hcp_rgph2024_population\n";
    folder.write("observations_hcp.csv", format!("{header}{row}{row}"));
    assert!(reasons(&folder, &database.store).await[0].contains(
        "line 3, column indicator_key: \"hcp_households\" is the key of another row already"
    ));

    folder.write(
        census,
        pack(&|packer| packer.write_all(header.as_bytes()).expect("packed")),
    );
    assert!(reasons(&folder, &database.store).await[0].contains("keep one of the two"));
}

#[tokio::test]
async fn a_folder_that_is_none_is_said() {
    let database = testkit::empty().await;
    let folder = Folder::empty();
    folder.write("site.csv", "key\n").write("README.md", "x");
    let error = folder.import(&database.store).await.expect_err("no table");
    assert!(
        error
            .to_string()
            .contains("none of the files units.csv, sources.csv"),
        "{error}"
    );
    let now = chrono::Utc::now();
    let options = import::Options {
        now,
        progress: None,
    };
    let missing = folder.path().join("missing");
    assert!(matches!(
        import::run(&database.store, &missing, &options).await,
        Err(import::Error::Folder { .. })
    ));

    let folder = Folder::shipped(false);
    folder.write("site.csv", "key\n");
    let report = folder.import(&database.store).await.expect("taken");
    assert_eq!(report.ignored, ["site.csv"]);
    std::fs::create_dir(folder.path().join("units.csv")).expect("a folder");
    assert_eq!(
        reasons(&folder, &database.store).await,
        ["units.csv: is not a regular file"]
    );
}

#[tokio::test]
async fn trees_cannot_grow_without_end() {
    let database = testkit::empty().await;
    let folder = Folder::shipped(false);
    let mut above = "call_centre".to_owned();
    for depth in 0..40 {
        let row = format!("deep_{depth},{above},a,b,c,,journaleco_2020");
        folder.append("activities.csv", &row);
        above = format!("deep_{depth}");
    }
    let said = reasons(&folder, &database.store).await;
    assert!(said[0].contains("stands too deep"), "{said:#?}");
}
