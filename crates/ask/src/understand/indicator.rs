//! Which indicator is meant: named outright, or a quantity word beside an activity or a thing.

use crate::frame::{Listed, Thing};
use crate::lexicon::{Comparator, Cue, Frames, LevelWord, NameKind};

use super::about;
use super::census::Class;
use super::part::{is_base, is_taught};
use super::places::COUNTRY;
use super::signals::{Mention, Signals};

/// The indicator of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meant {
    One(String),
    /// Quantity words that fit nothing beside them: candidates to offer.
    Several(Vec<&'static str>),
    None,
}

/// Quantities that a bare "jobs" or "companies" of a place can be.
const JOBS: [&str; 3] = ["call_centre_jobs", "offshoring_jobs", "hcp_business_jobs"];
const COMPANIES: [&str; 3] = [
    "offshoring_companies",
    "services_companies",
    "hcp_businesses",
];

/// What people read, where no language is named.
const READ: [&str; 3] = [
    "hcp_reads_writes_arabic",
    "hcp_reads_writes_french",
    "hcp_reads_writes_english",
];

/// The body that the region's own figures are of.
pub const COUNCIL: &str = "region_fes_meknes";

/// Finds the indicator; `things` are the records named.
pub fn meant(frames: &Frames, signals: &Signals, things: &[Thing]) -> Meant {
    if let Some(Class::Bucket(key)) = &signals.class {
        return Meant::One(key.clone());
    }
    let money = signals
        .units
        .iter()
        .any(|unit| unit == "mad" || unit == "eur");
    let percent = signals.units.iter().any(|unit| unit == "percent");
    if signals.indicators == ["offshoring_export_share"] && money && !percent {
        // "Que pèse l'ESO dans les exportations, en dirhams ?"
        return Meant::One("offshoring_export_revenue_mad".to_owned());
    }
    if signals.concept("languages") && signals.measure("literacy") && signals.languages.is_empty() {
        // "What languages do people read?"
        return Meant::Several(READ.to_vec());
    }
    let whether = signals.has(Cue::YesNo) && !signals.any(&[Cue::Count, Cue::Value]);
    if signals.indicators == ["universities"] && whether && !signals.places.is_empty() {
        // "Are there any universities in Meknès?": which.
        return Meant::None;
    }
    let sector = (signals.activities.iter()).all(|activity| activity != "call_centre");
    let salary = signals.indicators == ["call_centre_salary_eur_month"];
    let yields = ["revenue", "export"].iter().any(|m| signals.measure(m));
    if salary && sector && yields && !signals.activities.is_empty() {
        // "How much did outsourcing earn?": no pay of anybody.
        let mut signals = signals.clone();
        signals.indicators.clear();
        return meant(frames, &signals, things);
    }
    let beside = beside(signals, things);
    let beside: Vec<&str> = beside.iter().map(String::as_str).collect();
    let counts = signals.has(Cue::Count);
    let which = [
        Cue::What,
        Cue::WhichOnes,
        Cue::Who,
        Cue::List,
        Cue::Where,
        Cue::Value,
    ];
    let taught = signals.concept("training") && signals.any(&which);
    let staff = (signals.measures.iter()).all(|m| matches!(m.as_str(), "jobs" | "headcount"));
    let taught_in = |key: &String| key == "universities" || is_taught(key);
    let bodies = signals.indicators.iter().all(taught_in);
    if taught && bodies && staff && !counts {
        // "Which schools train people for offshoring jobs?"
        return Meant::None;
    }
    let incentive = |c: &String| about::listed_of(c) == Some(Listed::Incentives);
    // "How much of the tax does the state pay": no pay.
    let paid = |key: &String| key.contains("salary") || key == "offshoring_companies";
    let unmeasured = signals.indicators.iter().all(paid);
    if signals.concepts.iter().any(incentive) && (unmeasured || !counts) {
        // How much an aid is stands in its record.
        return Meant::None;
    }
    let amount = counts || signals.any(&[Cue::Value, Cue::Trend, Cue::Source, Cue::Verification]);
    if signals.measures == ["subsidy"]
        && signals.indicators.is_empty()
        && things.is_empty()
        && !amount
    {
        // "Are there any subsidies for offshoring?": which.
        return Meant::None;
    }
    let sites = signals.indicators.iter().all(|key| key == "call_centres");
    if signals.concept("federations") && sites && signals.measures.is_empty() && !counts {
        // "Is there a trade union of call centres?"
        return Meant::None;
    }
    let plan = things.iter().any(|thing| thing.kind == NameKind::Plan);
    let programme = plan || signals.concept("plans");
    if (signals.concept("projects") || signals.measure("projects"))
        && programme
        && (counts || signals.either)
    {
        return Meant::One("pdr_projects".to_owned());
    }
    // "L'offshoring est-il le premier employeur de la ville ?": a sector among the employers.
    // "Who are the biggest employers in offshoring?" asks for companies.
    let confirms = signals.any(&[Cue::YesNo, Cue::Verification]) && !signals.has(Cue::Who);
    let among_employers = signals.has(Cue::Rank) || confirms || !signals.ordinals.is_empty();
    if signals.concept("employers") && !signals.activities.is_empty() && among_employers && !counts
    {
        return Meant::One("employer_rank_city".to_owned());
    }
    if signals.indicators == ["hcp_population_legal"] && signals.activities.is_empty() {
        // "Foundever, combien de gens ?": who works there.
        let about = |kind: NameKind| things.iter().any(|thing| thing.kind == kind);
        if about(NameKind::Park) {
            return Meant::One("park_jobs".to_owned());
        }
        if about(NameKind::Organisation) && !things.iter().any(|thing| thing.key == "hcp") {
            return Meant::One("company_headcount".to_owned());
        }
    }
    let company = things
        .iter()
        .any(|thing| thing.kind == NameKind::Organisation && thing.key != "hcp");
    let ranked = signals.any(&[Cue::Top, Cue::Bottom]) && !counts;
    let parks = things.iter().filter(|thing| thing.kind == NameKind::Park);
    let parks = parks.count();
    let park = parks > 0;
    if parks > 1
        && !company
        && (ranked || !signals.comparators.is_empty())
        && signals.concept("employers")
    {
        // "Which of the two parks employs more?"
        return Meant::One("park_jobs".to_owned());
    }
    let sided = !signals.comparators.is_empty() || signals.has(Cue::Comparison);
    let unsaid = signals.measures.is_empty() && signals.indicators.is_empty();
    if parks > 1 && !company && (ranked || sided) && unsaid && signals.concept("offices") {
        // "Y a-t-il plus de bureaux à Casanearshore qu'à Fès Shore ?"
        return Meant::One("park_office_area_m2".to_owned());
    }
    if parks > 1 && !company && (ranked || sided) && unsaid && signals.activities.is_empty() {
        // "Is Fès Shore larger than Casanearshore?"
        return Meant::One("park_area_ha".to_owned());
    }
    let bounded = !signals.numbers.is_empty() && (sided || signals.range.is_some());
    let staffed = signals.measure("jobs") || signals.measure("headcount");
    if signals.concept("parks") && things.is_empty() && bounded && staffed {
        // "Parks with more than 5,000 jobs".
        return Meant::One("park_jobs".to_owned());
    }
    let bodies = !things.is_empty() && things.iter().all(|t| t.kind == NameKind::Organisation);
    if bodies && signals.concept("parks") && staffed {
        // "The staff of Ewane's parks".
        return Meant::One("park_jobs".to_owned());
    }
    if ranked && park && (signals.concept("employers") || signals.concept("operators")) {
        // Who of a park employs most is not published.
        return Meant::None;
    }
    let square_metres = signals.units.iter().any(|unit| unit == "m2");
    if counts && park && square_metres && signals.concept("offices") && unsaid {
        // "Chhal d lbiro b mètre carré ?"
        return Meant::One("park_office_area_m2".to_owned());
    }
    let project = things.iter().any(|thing| thing.kind == NameKind::Project);
    let costs = signals.measures == ["budget"] || unsaid && signals.has(Cue::Value);
    if costs && park && !project && square_metres && signals.indicators.is_empty() {
        // "Ça coûte combien, un bureau au mètre carré ?"
        return Meant::One("park_rent_mad_m2".to_owned());
    }
    if !counts
        && park
        && square_metres
        && unsaid
        && signals.concepts.is_empty()
        && (money || signals.has(Cue::Value))
    {
        // "Un m² à Casanearshore, en euros ?"
        return Meant::One("park_rent_mad_m2".to_owned());
    }
    if counts && park && signals.concept("operators") && signals.measures.is_empty() && !company {
        return Meant::One("park_companies".to_owned());
    }
    let people = signals.measure("jobs") || signals.measure("headcount");
    // "Qui emploie le plus à Fès ?"
    let bodies = [Listed::Operators, Listed::Organisations];
    let of_bodies = about::listed(signals).is_none_or(|class| bodies.contains(&class));
    let employs = (signals.has(Cue::Who) || signals.concept("employers"))
        && of_bodies
        && things.is_empty()
        && signals.indicators.is_empty()
        && signals.activities.is_empty()
        && signals.sectors.is_empty();
    if people
        && signals.any(&[Cue::Top, Cue::Bottom])
        && about::grouping(signals).is_none()
        && (signals.measure("companies") || signals.concept("operators") || employs)
        && !signals.indicators.iter().any(|key| key.starts_with("hcp_"))
    {
        // "The largest outsourcing companies by staff".
        return Meant::One("company_headcount".to_owned());
    }
    let persons = signals.units.iter().any(|unit| unit == "people");
    let only_sites = signals
        .indicators
        .iter()
        .all(|key| key == "call_centres" || key == "hcp_population_legal");
    let how_many = counts || signals.has(Cue::Value) && !signals.has(Cue::Where);
    if how_many && persons && company && only_sites && signals.measures.is_empty() {
        // "CGI's centre in Fez: how many people did it have?"
        return Meant::One("company_headcount".to_owned());
    }
    if how_many && persons && parks == 1 && !company && only_sites && signals.measures.is_empty() {
        // "Fès Shore, ils sont combien ?"
        return Meant::One("park_jobs".to_owned());
    }
    let companies = things
        .iter()
        .filter(|thing| thing.kind == NameKind::Organisation);
    let companies = companies.count();
    let mentions = (signals.things.iter()).filter(|m| m.names(NameKind::Organisation));
    let larger = (ranked || !signals.comparators.is_empty()) && unsaid && !park;
    if mentions.count() > 1 && larger && signals.concepts.is_empty() && signals.numbers.is_empty() {
        // "Is Alten larger than CGI?"
        return Meant::One("company_headcount".to_owned());
    }
    if signals.concept("employers") && companies > 1 {
        // "Who employs more people, A or B?"
        return Meant::One("company_headcount".to_owned());
    }
    let centres = signals
        .activities
        .iter()
        .any(|activity| activity == "call_centre");
    if centres && signals.has(Cue::Share) && signals.countries == ["FR"] {
        // "What does France weigh in the market of call centres?"
        return Meant::One("call_centre_french_market_share".to_owned());
    }
    // "la part des emplois", "le rang parmi …": the ratio or the rank is what is asked, the rest says of what.
    for ratio in ["share", "rank"] {
        let cue = match ratio {
            // "By how many per cent did exports grow": the growth.
            "share" => {
                let percent = signals.units.iter().any(|unit| unit == "percent");
                let said = percent && signals.any(&[Cue::Source, Cue::Verification, Cue::YesNo]);
                (signals.has(Cue::Share) || said) && !signals.has(Cue::Growth)
            }
            _ => signals.has(Cue::Rank),
        };
        // "Ça représente combien de travailleurs au Maroc ?": of the whole country there is no share.
        let number = ratio == "share" && counts && !percent && nation_alone(signals);
        let cue = cue && !number;
        if cue || signals.measure(ratio) {
            // "The rank in Africa" is more precise than "the rank".
            let ratios = signals.indicators.iter().filter(|key| is_ratio(key, ratio));
            if let Some(named) = ratios.max_by_key(|key| key.len()) {
                return Meant::One(named.clone());
            }
            let mut near = beside.clone();
            near.extend(
                signals
                    .measures
                    .iter()
                    .map(String::as_str)
                    .filter(|m| *m != ratio),
            );
            near.extend(signals.indicators.iter().map(String::as_str));
            // A census indicator named is itself what is asked: "quel pourcentage des habitants lit le français".
            let census = signals.indicators.iter().any(|key| key.starts_with("hcp_"));
            if let Some(key) = (!census).then(|| frames.combine(ratio, &near)).flatten() {
                return Meant::One(key.to_owned());
            }
        }
    }
    // A thing named turns the general indicator into the one about it: jobs at Fès Shore are not jobs of a territory.
    // "What does a square metre of offices cost": the area only says of what.
    let mut measures: Vec<&String> = signals.measures.iter().collect();
    measures.sort_by_key(|measure| match measure.as_str() {
        "area" => 2,
        // "Les recettes d'exportation", "what it costs to lease".
        "revenue" | "budget" | "investment" => 1,
        _ => 0,
    });
    for measure in &measures {
        let is_named = |word: &str| things.iter().any(|thing| thing.key == word);
        let kinds: Vec<&str> = beside
            .iter()
            .copied()
            // What is both a plan and the agreement on it has its aims as a plan.
            .filter(|b| !(plan && *b == "agreement"))
            .filter(|b| is_kind(b) || is_named(b) || *b == "offices")
            .collect();
        if let Some(key) = kinds
            .iter()
            .any(|b| *b != "offices")
            .then(|| frames.combine(measure, &kinds))
            .flatten()
        {
            return Meant::One(key.to_owned());
        }
    }
    // "the workforce of call centres": a quantity of the census and of the sector, and the sector is named.
    let census = signals.indicators.iter().all(|key| key.starts_with("hcp_"));
    if census && !signals.activities.is_empty() {
        let sector = signals
            .measures
            .iter()
            .find_map(|measure| frames.combine(measure, &beside));
        if let Some(key) = sector {
            return Meant::One(key.to_owned());
        }
    }
    match signals.indicators.as_slice() {
        [only] => {
            // "Emplois visés", of the plan that has a figure of its own for them.
            let own = things
                .iter()
                .find_map(|thing| frames.beside(only, &thing.key));
            return refine(frames, signals, own.unwrap_or(only), &beside);
        }
        [] => {}
        several if several.iter().all(|key| key.starts_with("hcp_")) => {
            // "part des femmes dans la population": the population is what the share is of.
            let of_another = |key: &&String| {
                several
                    .iter()
                    .any(|other| other != *key && is_base(key, other))
            };
            let first = several
                .iter()
                .find(|key| !of_another(key))
                .or(several.first());
            return Meant::One(first.cloned().unwrap_or_default());
        }
        several if is_capacity(several) => return Meant::One("training_capacity".to_owned()),
        several => {
            // Two names of quantities: the longer one is the more precise ("call centres" and "jobs in call centres").
            let most = several
                .iter()
                .max_by_key(|key| key.len())
                .cloned()
                .unwrap_or_default();
            return refine(frames, signals, &most, &beside);
        }
    }
    // "la ville la moins chère pour les bureaux": what is cheap or dear about offices is their rent.
    let extreme = signals.any(&[Cue::Bottom, Cue::Top]);
    if extreme && signals.measures.is_empty() && signals.concept("offices") {
        return Meant::One("park_rent_mad_m2".to_owned());
    }
    for measure in &signals.measures {
        if let Some(key) = frames.combine(measure, &beside) {
            return Meant::One(key.to_owned());
        }
    }
    let priced = signals.has(Cue::Value) && !signals.any(&[Cue::What, Cue::Contents, Cue::Who]);
    if priced
        && plan
        && signals.measures.is_empty()
        && signals.concepts.is_empty()
        && signals.sectors.is_empty()
    {
        // "PDR 2022-2027 b chhal?"
        return Meant::One("pdr_budget_mad".to_owned());
    }
    if signals.either && unsaid && things.iter().any(|thing| thing.kind == NameKind::Project) {
        // "Fez Smart Factory : 104 ou 111 millions ?"
        return Meant::One("project_budget_mad".to_owned());
    }
    let nothing_else = signals.measures.is_empty()
        && signals.activities.is_empty()
        && signals.concepts.iter().all(|concept| concept == "census")
        && things.is_empty();
    let somewhere = !signals.places.is_empty() || !signals.levels.is_empty();
    let compared = !signals.comparators.is_empty() && !signals.numbers.is_empty();
    let bounded = compared || signals.range.is_some();
    let moved = signals.any(&[Cue::Growth, Cue::Trend]);
    // "Who has more people, Fès or Meknès?"
    let beside_another = signals.any(&[Cue::Top, Cue::Bottom]) && signals.places.len() > 1;
    let asked = counts || bounded || moved || beside_another || signals.has(Cue::Value);
    if persons && nothing_else && somewhere && asked {
        // "How many people in Zouagha?"
        return Meant::One("hcp_population_legal".to_owned());
    }
    let compared = signals.comparators.contains(&Comparator::More)
        || signals.comparators.contains(&Comparator::Less);
    let people = signals.units.iter().any(|unit| unit == "people");
    if (extreme || compared || signals.range.is_some())
        && people
        && about::grouping(signals).is_some()
    {
        return Meant::One("hcp_population_legal".to_owned());
    }
    if extreme && unsaid && nothing_else && about::grouping(signals).is_some() && somewhere {
        // "Which commune of Taza province is the biggest?"
        return Meant::One("hcp_population_legal".to_owned());
    }
    if extreme && super::about::grouping(signals).is_some() {
        // Territories are ranked by what the census has for all of them.
        if signals.measure("companies") {
            return Meant::One("hcp_businesses".to_owned());
        }
        if signals.measure("jobs") {
            return Meant::One("hcp_business_jobs".to_owned());
        }
    }
    let candidates = if signals.measure("jobs") || signals.measure("headcount") {
        JOBS
    } else if signals.measure("companies")
        && signals.concepts.iter().all(|concept| concept == "census")
        && signals.countries.is_empty()
    {
        COMPANIES
    } else {
        return Meant::None;
    };
    // "selon le HCP": the census.
    let census = things.iter().any(|thing| thing.key == "hcp") || signals.concept("census");
    if census && candidates == JOBS && persons {
        return Meant::One("hcp_employed".to_owned());
    }
    match candidates
        .iter()
        .find(|key| census && key.starts_with("hcp_"))
    {
        Some(key) => Meant::One((*key).to_owned()),
        None => Meant::Several(candidates.to_vec()),
    }
}

/// Whether the country is the only place named.
fn nation_alone(signals: &Signals) -> bool {
    let country = |mention: &Mention| mention.records.iter().any(|r| r.key == COUNTRY);
    let whole = |(level, _): &(LevelWord, usize)| *level == LevelWord::Country;
    !signals.places.is_empty()
        && signals.places.iter().all(country)
        && signals.levels.iter().all(whole)
}

/// "Places for students": the places.
fn is_capacity(indicators: &[String]) -> bool {
    let known = |key: &String| key == "training_capacity" || key == "university_students";
    indicators.iter().all(known) && indicators.iter().any(|key| key == "training_capacity")
}

/// A quantity word beside a named count changes what is counted: jobs × call centres.
fn refine(frames: &Frames, signals: &Signals, key: &str, beside: &[&str]) -> Meant {
    if signals
        .activities
        .iter()
        .any(|activity| activity == "call_centre")
        && let Some(narrower) = frames.of_call_centres(key)
    {
        return Meant::One(narrower);
    }
    if (key == "call_centres" || key == "offshoring_companies")
        && signals.counted.as_deref() != Some(key)
    {
        let mut near = beside.to_vec();
        near.push(if key == "call_centres" {
            "call_centre"
        } else {
            "offshoring_all"
        });
        for measure in &signals.measures {
            if measure != "companies"
                && let Some(other) = frames.combine(measure, &near)
            {
                return Meant::One(other.to_owned());
            }
        }
    }
    Meant::One(key.to_owned())
}

fn is_kind(word: &str) -> bool {
    matches!(
        word,
        "park" | "organisation" | "project" | "agreement" | "plan" | "world"
    )
}

fn is_ratio(key: &str, ratio: &str) -> bool {
    match ratio {
        "share" => key.contains("share") || key.contains("_rate"),
        _ => key.contains("rank"),
    }
}

fn beside(signals: &Signals, things: &[Thing]) -> Vec<String> {
    let mut beside: Vec<String> = Vec::new();
    // The most specific activity only: "centres d'appels offshore" is call centres.
    let activity = signals
        .activities
        .iter()
        .find(|a| *a != "offshoring_all")
        .or(signals.activities.first());
    beside.extend(activity.cloned());
    beside.extend(signals.concepts.iter().cloned());
    beside.extend(signals.sectors.iter().cloned());
    beside.extend(signals.languages.iter().cloned());
    for thing in things {
        beside.push(
            match thing.kind {
                NameKind::Organisation if thing.key == "kearney" => "kearney",
                // The council of the region is who has its budget.
                NameKind::Organisation if thing.key == COUNCIL => "region",
                NameKind::Organisation => "organisation",
                NameKind::Park => "park",
                NameKind::Project => "project",
                NameKind::Agreement => "agreement",
                NameKind::Plan => "plan",
                _ => continue,
            }
            .to_owned(),
        );
        if matches!(thing.kind, NameKind::Plan | NameKind::Project) {
            beside.push(thing.key.clone());
        }
    }
    let region = signals
        .levels
        .iter()
        .any(|(level, _)| *level == LevelWord::Region)
        || signals.places.iter().any(|p| {
            p.records
                .iter()
                .any(|r| r.level == Some(crate::lexicon::Level::Region))
        });
    if region {
        beside.push("region".into());
    }
    beside
}
