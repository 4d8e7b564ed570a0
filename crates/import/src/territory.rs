//! Territories: the tree of places; their populations are census figures.

use entity::{ConceptKind, Level, ReferencePeriod, territory::Draft};

use crate::{
    cells::Cells,
    export::Stated,
    figure::{Claim, Claimed},
    file::Table,
    row::Row,
};

pub(crate) const TABLE: Table = Table {
    name: "territories",
    columns: &[
        "code",
        "level",
        "parent_code",
        "name_fr",
        "name_ar",
        "name_en",
        "slug",
        "aliases",
        "iso_3166_2",
        "type",
        "population_2024",
        "population_2014",
    ],
    // Where the figure is another observation than the column would make.
    optional: &["population_2024_observation", "population_2014_observation"],
};

/// The file has no column for it: the list of territories is that of the census.
pub(crate) const SOURCE: &str = "hcp_rgph2024_population";

/// The indicator that a population counts in.
pub(crate) const POPULATION: &str = "hcp_population_legal";

const POPULATIONS: [(&str, &str, &str, &str); 2] = [
    (
        "population_2024",
        "population_2024_observation",
        "2024",
        SOURCE,
    ),
    (
        "population_2014",
        "population_2014_observation",
        "2014",
        "hcp_rgph2014_population",
    ),
];

pub(crate) fn read(row: &mut Row<'_>, claims: &mut Vec<Claim>) -> Option<Draft> {
    let key = row.key("code", ConceptKind::Territory);
    let level = row.parse("level");
    if let (Some(key), Some(level)) = (&key, level) {
        row.known.set_level(key, level);
    }
    let parent = row.parent("parent_code", ConceptKind::Territory, key.as_deref());
    if parent.is_none() && level.is_some_and(|level| level != Level::Country) {
        row.refuse(
            "parent_code",
            "is empty: only a country stands under nothing",
        );
    }
    let name_fr = row.text("name_fr");
    let name_ar = row.text("name_ar");
    let name_en = row.text("name_en");
    let slug = row.text("slug");
    let aliases = row.list("aliases");
    let kind = row.text("type");
    let iso_3166_2 = row.subdivision("iso_3166_2");
    if !row.known.has(ConceptKind::Source, SOURCE) {
        row.refuse(
            "code",
            format!("needs the source {SOURCE}, which is unknown"),
        );
    }
    let key = key?;
    for (column, stated, year, source) in POPULATIONS {
        row.figure(stated, column);
        let period: ReferencePeriod = year.parse().expect("a year is a period");
        let claimed = Claimed {
            key: figure_key(&key, column),
            indicator: POPULATION,
            territory: Some(key.clone()),
            period: Some(period),
            source: Some(source.to_owned()),
            ..Claimed::default()
        };
        if let Some(mut claim) = Claim::read(row, column, claimed) {
            claim.draft.producer = Some(crate::census::PRODUCER.to_owned());
            claim.same = |claim, found, _| {
                claim.period == found.period && claim.territory == found.territory
            };
            claims.push(claim);
        }
    }
    Some(Draft {
        key,
        level: level?,
        parent,
        name_fr: name_fr?,
        name_ar: name_ar?,
        name_en: name_en?,
        slug: slug?,
        aliases,
        kind: kind?,
        iso_3166_2,
        source: SOURCE.to_owned(),
    })
}

pub(crate) fn write(draft: &Draft, stated: &Stated<'_>, cells: &mut Cells) {
    cells
        .text("code", &draft.key)
        .text("level", draft.level)
        .optional("parent_code", draft.parent.as_ref())
        .text("name_fr", &draft.name_fr)
        .text("name_ar", &draft.name_ar)
        .text("name_en", &draft.name_en)
        .text("slug", &draft.slug)
        .list("aliases", &draft.aliases)
        .optional("iso_3166_2", draft.iso_3166_2.as_ref())
        .text("type", &draft.kind);
    for (column, pointer, year, _) in POPULATIONS {
        let key = figure_key(&draft.key, column);
        let own = stated.own_figure(&key, cells);
        if let Some(figure) = own.or_else(|| stated.population(&draft.key, year, &key, cells)) {
            cells.number(column, figure.value);
        } else if stated.observation(&key).is_some() {
            cells.figure(pointer, Some(&key));
        }
    }
}

fn figure_key(territory: &str, column: &str) -> String {
    format!("territory.{territory}.{column}")
}
