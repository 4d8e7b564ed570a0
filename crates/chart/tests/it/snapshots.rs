//! The drawings themselves. `BAB_WRITE_PICTURES=1 cargo test -p chart` writes them anew: look at them before you commit.

use std::{env, fs, path::Path};

use crate::samples;

#[test]
fn drawings_are_those_that_were_looked_at() {
    for (name, chart) in [
        ("trend", samples::trend()),
        ("ranking", samples::ranking()),
        ("share", samples::share()),
        ("marks", samples::marks()),
        ("negative", samples::negative()),
        ("positions", samples::positions()),
        ("mixed", samples::mixed()),
    ] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/pictures/{name}.svg"));
        let drawn = chart::draw(&chart);
        if env::var_os("BAB_WRITE_PICTURES").is_some() {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, drawn.svg()).unwrap();
            if let Some(folder) = env::var_os("BAB_PNG_FOLDER") {
                fs::write(
                    Path::new(&folder).join(format!("{name}.png")),
                    drawn.png().unwrap(),
                )
                .unwrap();
            }
        }
        let known = fs::read_to_string(&path).unwrap_or_default();
        assert!(
            known == drawn.svg(),
            "{name} is drawn otherwise than {}: write it anew with BAB_WRITE_PICTURES=1 and look at it",
            path.display()
        );
    }
}
