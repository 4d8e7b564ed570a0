//! Which meanings have a part in what a frame asks: of a figure, of a list, of one record.

use crate::answer::QuestionKind;
use crate::frame::{Frame, Listed};
use crate::lexicon::{Cue, Frames, LevelWord, Meaning, NameKind, territory_level};

use super::about;
use super::adjusted::own_measure;
use super::indicator::COUNCIL;
use super::{COUNTRY, HOME_REGION};

/// Whether a meaning has its part in a figure of an indicator.
pub fn in_figure(frames: &Frames, meaning: &Meaning, frame: &Frame, indicator: &str) -> bool {
    let needs = frames.indicator(indicator);
    let subject = needs.subject.as_deref();
    let census = indicator.starts_with("hcp_");
    match meaning {
        Meaning::Level(word) => reaches(frame, *word),
        // What is best is told of a quantity that is put in order, and of nothing else.
        Meaning::Cue(Cue::Best | Cue::Worst) => orders(frame.kind),
        Meaning::Filler
        | Meaning::Cue(_)
        | Meaning::Unit(_)
        | Meaning::Comparator(_)
        | Meaning::Personal
        | Meaning::Hostile => true,
        Meaning::Indicator(key) => {
            is_related(key, indicator)
                || is_base(key, indicator)
                || frames.of_call_centres(key).as_deref() == Some(indicator)
                || (frame.things.iter())
                    .any(|thing| frames.beside(key, &thing.key) == Some(indicator))
                || key == "university_students" && indicator == "training_capacity"
                // "CGI's centre in Fez: how many people?"
                || key == "call_centres" && indicator == "company_headcount" && !frame.things.is_empty()
                || is_own(key, indicator)
                // "How much did outsourcing earn?"
                || key.contains("salary") && indicator.contains("revenue")
                || key == "hcp_population_legal"
                    && matches!(indicator, "park_jobs" | "company_headcount")
        }
        Meaning::Measure(measure) => {
            frames.speaks_of(indicator, measure)
                || needs
                    .currency
                    .as_deref()
                    .is_some_and(|twin| frames.speaks_of(twin, measure))
                || named_in(indicator, measure)
                || (measure == "target"
                    && (frame.target
                        || super::is_target_indicator(indicator)
                        || indicator.ends_with("_budget_mad")))
                // "How big is the population?"
                || measure == "size"
                // "What does it cost to rent an office?"
                || (measure == "budget" && indicator.starts_with("park_rent"))
                || (measure == "students"
                    && (indicator.starts_with("university") || indicator == "training_capacity"))
                || (census && measure == "jobs" && is_base("hcp_employed", indicator))
                || (census && measure == "jobs" && indicator.contains("unemployment"))
                || (census && measure == "companies" && indicator.starts_with("hcp_business"))
                || (matches!(measure.as_str(), "jobs" | "headcount")
                    && indicator.starts_with("hcp_businesses_size_"))
        }
        Meaning::Activity(activity) => {
            frame.activity.as_deref() == Some(activity)
                || frame.other.as_deref() == Some(activity)
                || frame.listed == Some(Listed::Activities)
                || needs.activity.as_deref() == Some(activity)
                || (!census && activity == "offshoring_all")
        }
        Meaning::Concept(concept) => {
            frames.speaks_of(indicator, concept)
                || named_in(indicator, concept)
                || match concept.as_str() {
                    "definition" => frame.kind == QuestionKind::Definition,
                    "sources" => {
                        matches!(frame.kind, QuestionKind::Source | QuestionKind::Conflict)
                    }
                    "census" => census,
                    "sector" => indicator.starts_with("hcp_businesses_"),
                    "activities" => {
                        frame.listed == Some(Listed::Activities)
                            || indicator.starts_with("hcp_businesses_")
                    }
                    "objectives" => frame.target || super::is_target_indicator(indicator),
                    "operators" | "employers" | "organisations" => {
                        subject == Some("organisation")
                            || indicator.starts_with("hcp_business")
                            || named_in(indicator, "companies")
                            || named_in(indicator, "jobs")
                    }
                    "parks" => subject == Some("park"),
                    "projects" | "phase" => subject == Some("project"),
                    "agreements" | "memorandum" => subject == Some("agreement"),
                    // "How many places does it plan?"
                    "plans" => subject == Some("plan") || indicator == "training_capacity",
                    "sites" => {
                        indicator.starts_with("call_centre") || indicator == "company_headcount"
                    }
                    "territories" => frame.level.is_some() || frame.kind == QuestionKind::Rank,
                    "destination" => indicator.contains("rank"),
                    "indicators" | "world" => indicator.starts_with("gsli"),
                    "each" => frame.kind == QuestionKind::Top && frame.level.is_some(),
                    // "How much does the State pay?"
                    "state" => true,
                    // Of a rate; a number is not known by head.
                    "relative" => ["rate", "share", "reads_writes", "education", "household_"]
                        .iter()
                        .any(|part| indicator.contains(part)),
                    _ => false,
                }
        }
        Meaning::Language(language) => frames.speaks_of(indicator, language),
        Meaning::Sector(sector) => {
            frames.speaks_of(indicator, sector) || named_in(indicator, sector)
        }
        // "Le programme en cours": the plan that is meant anyway.
        Meaning::Status(status) => {
            super::is_target_indicator(indicator)
                || frame.target
                || status == "in_progress" && subject == Some("plan")
                // "The offices delivered": what there is, and nothing planned.
                || status == "delivered" && subject == Some("park")
        }
        Meaning::Country(code) => code == "FR" && indicator.contains("french"),
        Meaning::Abroad | Meaning::Outside => false,
        Meaning::Name(record) => match record.kind {
            NameKind::Territory => !frame.places.is_empty() || frame.kind == QuestionKind::Top,
            NameKind::Indicator | NameKind::Activity => true,
            // The index is Kearney's.
            _ if record.key == "kearney" => indicator.starts_with("gsli"),
            _ if record.key == "hcp" => census,
            _ if record.key == COUNCIL && indicator.starts_with("regional_") => true,
            // The placements of ANAPEC.
            _ if indicator.contains(&record.key) => true,
            // The project of a park, where the figure is of the park; the park of a phase.
            NameKind::Project => {
                let own = |key: &str| record.key.starts_with(key) || key.starts_with(&record.key);
                frame.things.iter().any(|thing| own(&thing.key))
            }
            NameKind::Park => frame.things.iter().any(|thing| {
                thing.key == record.key
                    || thing.kind == NameKind::Project && thing.key.starts_with(&record.key)
            }),
            // "PDR", of any of its generations.
            NameKind::Plan => {
                (frame.things.iter()).any(|thing| is_of_line(&thing.key, &record.key))
            }
            _ => frame.things.iter().any(|thing| thing.key == record.key),
        },
    }
}

/// Whether two plans follow each other, so that their names differ in nothing but their years.
fn is_of_line(one: &str, other: &str) -> bool {
    let line = |key: &str| {
        key.trim_end_matches(|c: char| c.is_ascii_digit() || c == '_')
            .to_owned()
    };
    line(one) == line(other)
}

/// Whether the words of an indicator say what a school trains for, or that it is one: "les établissements qui forment aux métiers du numérique".
pub fn is_taught(indicator: &str) -> bool {
    matches!(
        indicator,
        "digital_training_per_year"
            | "it_graduates_per_year"
            | "hcp_establishments_total"
            | "offshoring_jobs"
            | "call_centre_jobs"
    )
}

/// Whether what was said of a sector is told of a company or a park: "call-centre agents at Foundever", "the businesses at Fès Shore".
fn is_own(said: &str, told: &str) -> bool {
    match own_measure(said) {
        Some("jobs") => matches!(told, "company_headcount" | "park_jobs"),
        Some("companies") => matches!(told, "park_companies" | "company_headcount"),
        Some("literacy") => told.starts_with("hcp_reads"),
        _ => false,
    }
}

/// Whether a meaning has its part in a list of records.
pub fn in_list(meaning: &Meaning, frame: &Frame, listed: Listed) -> bool {
    let works = matches!(listed, Listed::Operators | Listed::Sites);
    match meaning {
        Meaning::Language(_) | Meaning::Abroad => false,
        Meaning::Cue(Cue::Best | Cue::Worst) => false,
        // Records have no course over time; aids are reductions.
        Meaning::Cue(cue) => {
            listed == Listed::Incentives || !matches!(cue, Cue::Trend | Cue::Growth)
        }
        Meaning::Country(_) => works || listed == Listed::Organisations,
        Meaning::Status(_) => matches!(listed, Listed::Projects | Listed::Agreements),
        // "The income tax of an engineer": the aids say themselves for whom they are.
        Meaning::Sector(sector)
            if listed == Listed::Incentives
                && matches!(sector.as_str(), "engineering" | "software" | "digital") =>
        {
            true
        }
        Meaning::Sector(sector) => {
            matches!(listed, Listed::Projects | Listed::Training)
                || listed == Listed::Organisations && frame.sector.as_deref() == Some(sector)
        }
        Meaning::Concept(concept) if concept == "organiser" => listed == Listed::Events,
        Meaning::Concept(concept) if concept == "validity" => {
            matches!(listed, Listed::Incentives | Listed::Agreements)
        }
        Meaning::Concept(concept) if concept == "relative" => false,
        // "French people" are no companies of French origin.
        Meaning::Unit(unit) if unit == "people" => frame.country.is_none(),
        // "Which parks does MEDZ run?"
        Meaning::Concept(concept) if concept == "head" && listed == Listed::Parks => {
            frame.thing(NameKind::Organisation).is_some()
        }
        Meaning::Concept(concept) => !matches!(
            concept.as_str(),
            "contact_details"
                | "head"
                | "director"
                | "definition"
                | "world"
                | "parent"
                | "phase"
                | "age"
        ),
        Meaning::Indicator(key)
            if listed == Listed::Incentives
                && (key.contains("salary") || key == "university_graduates") =>
        {
            true
        }
        Meaning::Indicator(key)
            if matches!(
                listed,
                Listed::Training | Listed::Universities | Listed::TrainingInstitutes
            ) && is_taught(key) =>
        {
            true
        }
        // "Which businesses does the park house?"
        Meaning::Indicator(key) if key == "hcp_businesses" => {
            works && frame.thing(NameKind::Park).is_some()
        }
        Meaning::Indicator(key) => matches!(
            key.as_str(),
            "call_centres"
                | "offshoring_companies"
                | "park_companies"
                | "universities"
                | "pdr_projects"
        ),
        Meaning::Measure(measure) => match measure.as_str() {
            "companies" | "projects" => true,
            // "Qui travaille à Fès Shore": the companies there.
            "jobs" => works || matches!(listed, Listed::Incentives | Listed::Training),
            "headcount" => listed == Listed::Training,
            // "How big is the job bonus?"
            "subsidy" | "budget" | "size" => listed == Listed::Incentives,
            "target" => matches!(
                listed,
                Listed::Incentives | Listed::Projects | Listed::Agreements
            ),
            // "The bonus for hiring graduates".
            "graduates" if listed == Listed::Incentives => true,
            "capacity" | "graduates" | "students" => {
                matches!(listed, Listed::Training | Listed::Universities)
            }
            "investment" => matches!(listed, Listed::Projects | Listed::Incentives),
            _ => false,
        },
        Meaning::Name(record) if record.kind == NameKind::Territory => {
            let council = frame.things.iter().any(|thing| thing.key == COUNCIL);
            let party = council && matches!(listed, Listed::Agreements | Listed::Projects);
            // Bodies have no place of their own: those of the country, or of the region that the records are of.
            let whole = (frame.places.iter()).all(|code| code == COUNTRY || code == HOME_REGION);
            let placed = match listed {
                Listed::Organisations => frame.sector.is_some() || whole,
                Listed::PublicBodies | Listed::Federations => whole,
                _ => true,
            };
            !frame.places.is_empty() && placed || frame.origin.is_some() || party
        }
        Meaning::Name(record) => {
            let kinds: &[NameKind] = match listed {
                Listed::Operators | Listed::Sites => &[NameKind::Park, NameKind::Organisation],
                // Which agreement is meant, its title tells.
                Listed::Agreements if !is_list(frame.kind) => {
                    &[NameKind::Organisation, NameKind::Park, NameKind::Project]
                }
                Listed::Projects | Listed::Agreements => &[NameKind::Organisation, NameKind::Park],
                Listed::Parks | Listed::Training | Listed::Organisations | Listed::Events => {
                    &[NameKind::Organisation]
                }
                Listed::Incentives => &[NameKind::Park, NameKind::Agreement],
                _ => &[],
            };
            kinds.contains(&record.kind) && frame.things.iter().any(|thing| thing.key == record.key)
        }
        _ => true,
    }
}

/// Whether a meaning has its part in what is asked of one record.
pub fn in_record(meaning: &Meaning, frame: &Frame) -> bool {
    let has = |kind: NameKind| frame.thing(kind).is_some();
    match meaning {
        Meaning::Cue(Cue::Best | Cue::Worst) => false,
        Meaning::Filler | Meaning::Cue(_) | Meaning::Level(_) | Meaning::Comparator(_) => true,
        Meaning::Activity(_) => true,
        Meaning::Indicator(key) => {
            let pays = frame.kind == QuestionKind::Who && has(NameKind::Project);
            let site = frame.kind == QuestionKind::Where && has(NameKind::Organisation);
            matches!(frame.kind, QuestionKind::Definition | QuestionKind::Contact)
                || pays && key.contains("salary")
                || site && key == "call_centres"
                || key.starts_with("pdr_") && frame.sector.is_some()
        }
        Meaning::Measure(_) if frame.kind == QuestionKind::Contact => true,
        Meaning::Measure(measure) => {
            // "la société Alten", "le projet Fez Smart Factory": the kind of record, said beside its name.
            (measure == "companies"
                && (has(NameKind::Organisation) || frame.kind == QuestionKind::Who))
                // "Wach salat lkhdma dyal Technopark?": the works.
                || (measure == "jobs" && frame.kind == QuestionKind::Status && has(NameKind::Project))
                // "Since when does CGI work in Fès?"
                || (measure == "jobs"
                    && frame.kind == QuestionKind::When
                    && has(NameKind::Organisation))
                || (measure == "projects" && has(NameKind::Project))
                // "Who put money into it?"
                || (frame.kind == QuestionKind::Who
                    && has(NameKind::Project)
                    && matches!(measure.as_str(), "budget" | "investment" | "subsidy"))
                // "It was due to open in 2023: where does it stand?"
                || (measure == "target"
                    && frame.kind == QuestionKind::Status
                    && has(NameKind::Project))
                || (has(NameKind::Plan)
                    && (measure == "target" || measure == "budget" && frame.sector.is_some()))
        }
        Meaning::Concept(concept) => match concept.as_str() {
            "definition" | "meaning" => frame.kind == QuestionKind::Definition,
            "head" => frame.kind == QuestionKind::Who,
            "axes" | "objectives" | "parties" | "memorandum" | "agreements" | "plans" => {
                matches!(
                    frame.kind,
                    QuestionKind::Contents
                        | QuestionKind::When
                        | QuestionKind::Status
                        | QuestionKind::Who
                )
            }
            "operators" | "employers" | "organisations" | "universities" | "public_bodies"
            | "ministries" | "state" | "federations" => {
                has(NameKind::Organisation)
                    || concept == "state" && has(NameKind::Agreement)
                    || matches!(frame.kind, QuestionKind::Contact | QuestionKind::Who)
            }
            "territories" => frame.kind == QuestionKind::Where,
            "parks" | "sites" | "offices" => has(NameKind::Park) || has(NameKind::Organisation),
            "projects" | "phase" => has(NameKind::Project),
            "services" => has(NameKind::Organisation),
            "website" if frame.kind == QuestionKind::Where => true,
            "contact_details" | "website" => frame.kind == QuestionKind::Contact,
            "parent" => has(NameKind::Organisation),
            "owner" => has(NameKind::Project) || has(NameKind::Organisation) || has(NameKind::Park),
            "events" | "organiser" => has(NameKind::Event),
            "training" => {
                has(NameKind::Programme) || has(NameKind::Organisation) || has(NameKind::Project)
            }
            "sources" => frame.kind == QuestionKind::Source,
            "validity" => has(NameKind::Agreement) || has(NameKind::Incentive),
            // "As a member of APEBI, I want the three axes".
            "members" => frame.kind == QuestionKind::Contents,
            _ => false,
        },
        Meaning::Country(_) => has(NameKind::Organisation),
        Meaning::Status(_) => {
            let followed = frame.kind == QuestionKind::Status && has(NameKind::Plan);
            has(NameKind::Project) || has(NameKind::Park) || has(NameKind::Agreement) || followed
        }
        Meaning::Sector(sector) => {
            // "Which engineering school signed with Alten?"
            let there = frame.kind == QuestionKind::Where && has(NameKind::Organisation);
            let school =
                there || frame.sector.as_deref() == Some("universities") && sector == "engineering";
            school || has(NameKind::Project) || has(NameKind::Plan) || has(NameKind::Park)
        }
        Meaning::Name(record) => match record.kind {
            NameKind::Territory => !frame.places.is_empty(),
            NameKind::Activity => true,
            NameKind::Indicator => frame.kind == QuestionKind::Definition,
            // The project that a phase is of.
            NameKind::Project | NameKind::Park => {
                (frame.things.iter()).any(|thing| thing.key.starts_with(&record.key))
            }
            _ => frame.things.iter().any(|thing| thing.key == record.key),
        },
        Meaning::Language(_)
        | Meaning::Unit(_)
        | Meaning::Personal
        | Meaning::Hostile
        | Meaning::Abroad
        | Meaning::Outside => false,
    }
}

fn is_list(kind: QuestionKind) -> bool {
    matches!(kind, QuestionKind::List | QuestionKind::Count)
}

fn orders(kind: QuestionKind) -> bool {
    matches!(
        kind,
        QuestionKind::Top
            | QuestionKind::Rank
            | QuestionKind::Comparison
            | QuestionKind::Verification
    )
}

/// Whether a figure is of the level named: "which region of Morocco" is not answered with Morocco.
fn reaches(frame: &Frame, word: LevelWord) -> bool {
    let ranked = matches!(frame.kind, QuestionKind::Top | QuestionKind::Rank) || frame.chooses();
    ranked
        || frame.places.is_empty()
        || about::level_of(word).is_none_or(|level| {
            let mut levels = frame.places.iter().filter_map(|code| territory_level(code));
            // The code of an arrondissement has the shape of a commune's.
            levels.any(|own| own >= level.min(crate::lexicon::Level::Commune))
        })
}

/// Whether one indicator counts the people or things that another one is a part or a rate of.
pub fn is_base(key: &str, indicator: &str) -> bool {
    match key {
        "hcp_population_legal" => indicator.starts_with("hcp_"),
        "hcp_population_15_plus" => matches!(
            indicator,
            "hcp_labour_force" | "hcp_employed" | "hcp_activity_rate" | "hcp_unemployment_rate"
        ),
        // "Les actifs" are those at work as well.
        "hcp_labour_force" => matches!(
            indicator,
            "hcp_unemployment_rate"
                | "hcp_activity_rate"
                | "hcp_public_sector_employees"
                | "hcp_private_sector_employees"
                | "hcp_commute_employer_transport"
        ),
        // "La part des actifs qui travaillent dans le public".
        "hcp_activity_rate" => matches!(
            indicator,
            "hcp_public_sector_employees"
                | "hcp_private_sector_employees"
                | "hcp_commute_employer_transport"
        ),
        "hcp_employed" => matches!(
            indicator,
            "hcp_public_sector_employees"
                | "hcp_private_sector_employees"
                | "hcp_commute_employer_transport"
        ),
        "hcp_literate_population_10_plus" => indicator.starts_with("hcp_reads"),
        "hcp_households" => indicator.starts_with("hcp_household"),
        "hcp_businesses" | "hcp_establishments_total" => indicator.starts_with("hcp_business"),
        _ => false,
    }
}

/// Whether two indicators measure the same subject: call centres and their jobs do, salaries there and a company's staff do not.
fn is_related(one: &str, other: &str) -> bool {
    let subject = |key: &str| {
        let word = key.split('_').next().unwrap_or_default();
        let stem = word
            .strip_suffix("ies")
            .or_else(|| word.strip_suffix(['y', 's']));
        stem.unwrap_or(word).to_owned()
    };
    one == other || one.contains(&subject(other)) || other.contains(&subject(one))
}

/// Whether the key of an indicator has a word, in the singular.
fn named_in(indicator: &str, word: &str) -> bool {
    let stem = word
        .strip_suffix("ies")
        .or_else(|| word.strip_suffix('s'))
        .unwrap_or(word);
    indicator.contains(stem)
}
