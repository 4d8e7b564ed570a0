//! Variables of the documents that list records.

use serde_json::{Map, Value, json};

use crate::capability;
use crate::frame::{Frame, Listed, Role, When};
use crate::lexicon::{Lexicon, NameKind};
use crate::understand::{COUNTRY, FOREIGN, parent};

/// Kinds of incentives, as the schema has them.
pub const INCENTIVES: [&str; 6] = [
    "income_tax",
    "corporate_tax",
    "job_bonus",
    "training_bonus",
    "grant",
    "social_charges",
];

/// Keys that a named organisation stands for: itself and its unit in Morocco.
fn units(lexicon: &Lexicon, key: &str) -> Vec<String> {
    let mut units = vec![key.to_owned()];
    units.extend(lexicon.frames().local(key).map(str::to_owned));
    units
}

/// The organisations that are named, each with the keys that it stands for; a group and its unit are one.
fn named(lexicon: &Lexicon, frame: &Frame) -> Vec<Vec<String>> {
    let mut named: Vec<Vec<String>> = Vec::new();
    let organisations = (frame.things.iter()).filter(|t| t.kind == NameKind::Organisation);
    for thing in organisations {
        let keys = units(lexicon, &thing.key);
        match named
            .iter_mut()
            .find(|known| keys.iter().any(|key| known.contains(key)))
        {
            Some(known) => known.extend(keys),
            None => named.push(keys),
        }
    }
    for keys in &mut named {
        keys.sort_unstable();
        keys.dedup();
    }
    named
}

/// The projects in which an organisation has its part: what it carries, what it takes part in, or either.
fn having(role: Option<Role>, keys: &[String]) -> Value {
    let owner = json!({ "owner": { "in": keys } });
    let partners = keys.iter().map(|key| json!({ "partner": key }));
    match role {
        Some(Role::Owner) => owner,
        Some(Role::Partner) => any(partners.collect()),
        Some(Role::Member) | None => any(partners.chain([owner.clone()]).collect()),
    }
}

/// One filter, or any of several.
fn any(mut filters: Vec<Value>) -> Value {
    match filters.len() {
        1 => filters.remove(0),
        _ => json!({ "or": filters }),
    }
}

/// Variables of the organisation document.
pub fn organisation(lexicon: &Lexicon, frame: &Frame, key: &str, locale: &str) -> Value {
    let mut sites = Map::new();
    // A group works where what belongs to it works.
    let whose = [
        json!({ "key": { "in": units(lexicon, key) } }),
        json!({ "parent": { "eq": key } }),
    ];
    let whose = whose.map(|whose| json!({ "organisation": whose }));
    sites.insert("or".into(), json!(whose));
    if let Some(park) = frame.thing(NameKind::Park) {
        sites.insert("park".into(), json!({ "eq": park }));
    } else if let Some(code) = frame.places.first() {
        sites.insert("territory".into(), json!({ "within": code }));
    }
    json!({ "locale": locale, "key": key, "sites": sites })
}

/// Variables of the park document.
pub fn park(key: &str, locale: &str) -> Value {
    json!({ "locale": locale, "key": key, "sites": { "park": { "eq": key } } })
}

/// Variables of a list.
pub fn list(lexicon: &Lexicon, frame: &Frame, listed: Listed, locale: &str) -> Value {
    let first = frame.places.first().filter(|_| !in_several(frame));
    let place = first.map(|code| json!({ "within": code }));
    let organisation = frame.thing(NameKind::Organisation);
    let about = frame
        .thing(NameKind::Park)
        .and_then(|key| lexicon.name(NameKind::Park, key))
        .map(|name| json!({ "contains": name }));
    let mut filter = Map::new();
    let placed = [
        Listed::Parks,
        Listed::Projects,
        Listed::Plans,
        Listed::Training,
        Listed::Events,
        Listed::Universities,
        Listed::TrainingInstitutes,
    ];
    if placed.contains(&listed) && in_several(frame) {
        filter.insert("or".into(), json!(whereabouts(frame)));
    }
    let mut put = |name: &str, value: Option<Value>| {
        if let Some(value) = value {
            filter.insert(name.to_owned(), value);
        }
    };
    match listed {
        Listed::Operators | Listed::Sites => {
            let sites = sites(lexicon, frame);
            let mut operators = Map::new();
            let filtered = sites.as_object().is_some_and(|sites| sites.len() > 1);
            if filtered || organisation.is_some() || frame.country.is_none() {
                operators.insert("site".into(), sites.clone());
            }
            if let Some(country) = &frame.country {
                operators.insert("countryOfOrigin".into(), origin(country));
                if !operators.contains_key("site") {
                    operators.insert("kind".into(), json!("COMPANY"));
                }
            }
            if frame.both {
                let each = whereabouts(frame).into_iter();
                let each: Vec<Value> = each.map(|there| json!({ "site": there })).collect();
                operators.insert("and".into(), json!(each));
            }
            return json!({ "locale": locale, "sites": sites, "operators": operators });
        }
        Listed::Organisations if frame.role == Some(Role::Member) => {
            // The federation is the last one named: "is Alten a member of APEBI?"
            let mut filter = country(frame);
            let mut named = named(lexicon, frame);
            let federation = named.pop().and_then(|keys| keys.into_iter().next());
            filter["memberOf"] = json!(federation);
            if let Some(members) = named.pop() {
                filter["key"] = json!({ "in": members });
            }
            return json!({ "filter": filter });
        }
        Listed::Organisations => {
            let mut filter = country(frame);
            if let Some(capability) = frame.sector.as_deref().and_then(capability::key) {
                filter["profile"] = json!({ "offers": [capability] });
                if !sites(lexicon, frame).as_object().is_some_and(Map::is_empty) {
                    filter["site"] = sites(lexicon, frame);
                }
                return json!({ "filter": filter });
            }
            if let Some(key) = organisation {
                filter["parent"] = json!({ "in": units(lexicon, key) });
            }
            return json!({ "filter": filter });
        }
        Listed::PublicBodies if frame.sector.as_deref() == Some("ministries") => {
            // Their names are French.
            let named = json!({ "contains": "ministère" });
            return json!({ "filter": { "kind": "PUBLIC_BODY", "name": named } });
        }
        Listed::PublicBodies => return json!({ "filter": { "kind": "PUBLIC_BODY" } }),
        Listed::Federations => return json!({ "filter": { "kind": "FEDERATION" } }),
        Listed::Universities | Listed::TrainingInstitutes => {
            let kind = match listed {
                Listed::Universities => "UNIVERSITY",
                _ => "TRAINING_INSTITUTE",
            };
            // "Quelles écoles ?": of either kind; and whoever teaches is one.
            let either = frame.sector.as_deref() == Some("schools");
            if !taught_in(frame) {
                return match either {
                    true => json!({ "filter": { "kinds": ["UNIVERSITY", "TRAINING_INSTITUTE"] } }),
                    false => json!({ "filter": { "kind": kind } }),
                };
            }
            put("organisation", (!either).then(|| json!({ "kind": kind })));
            put("territory", place);
        }
        Listed::Sources => return json!({ "filter": {} }),
        Listed::Activities | Listed::Indicators => return json!({ "locale": locale }),
        Listed::Parks => {
            put("territory", place);
            put("operator", organisation.map(|key| json!({ "eq": key })));
        }
        Listed::Projects => {
            put("territory", place);
            put(
                "sector",
                frame.sector.as_ref().map(|sector| json!({ "eq": sector })),
            );
            put(
                "status",
                frame
                    .status
                    .as_deref()
                    .map(|status| json!(statuses(status))),
            );
            let each = named(lexicon, frame);
            let each: Vec<Value> = each.iter().map(|keys| having(frame.role, keys)).collect();
            put("and", (!each.is_empty()).then(|| json!(each)));
            put("name", about.clone());
        }
        Listed::Agreements => {
            if let When::At(period) = frame.when {
                put("signedOn", Some(json!(period.year().to_string())));
            }
            // Between several: an agreement of all of them.
            let party =
                |keys: &Vec<String>| any(keys.iter().map(|key| json!({ "party": key })).collect());
            let each: Vec<Value> = named(lexicon, frame).iter().map(party).collect();
            put("and", (!each.is_empty()).then(|| json!(each)));
            put("title", about.clone());
        }
        Listed::Plans => put("territory", place),
        Listed::Incentives => {
            let park = frame.thing(NameKind::Park);
            let home = park.and_then(|key| lexicon.parent(NameKind::Park, key));
            let place = home.or(frame.places.first().map(String::as_str));
            put("territory", place.map(|code| holding_in(lexicon, code)));
            let kind = frame
                .sector
                .as_deref()
                .filter(|kind| INCENTIVES.contains(kind));
            put("kind", kind.map(|kind| json!(kind.to_uppercase())));
            if let Some(agreement) = frame.thing(NameKind::Agreement) {
                let given = lexicon.frames().granted_by(agreement);
                put("key", Some(json!({ "in": given })));
            }
            if let When::At(period) = frame.when {
                // In force at the end of the year: an aid may begin within it.
                put("validOn", Some(json!(format!("{}-12-31", period.year()))));
            }
        }
        Listed::Training => {
            put("territory", place);
            put(
                "organisation",
                organisation.map(|key| json!({ "key": { "eq": key } })),
            );
        }
        Listed::Events => put("territory", place),
        Listed::Territories => {
            put(
                "level",
                Some(json!(
                    frame.level.unwrap_or(crate::lexicon::Level::Province)
                )),
            );
            put(
                "within",
                Some(json!(
                    frame
                        .places
                        .first()
                        .map_or(crate::understand::HOME_REGION, String::as_str)
                )),
            );
        }
    }
    json!({ "locale": locale, "filter": filter })
}

/// Whether schools of one place are asked for, smaller than the region that all of them are in.
pub fn taught_in(frame: &Frame) -> bool {
    let whole = |code: &String| code == COUNTRY || code == crate::understand::HOME_REGION;
    !frame.places.is_empty() && !frame.places.iter().any(whole)
}

/// Whether records of any of several places are asked for.
fn in_several(frame: &Frame) -> bool {
    let parks = frame.thing(NameKind::Park).is_some();
    !parks && whereabouts(frame).len() > 1
}

/// Where an incentive must hold to hold in a territory: there or in what it lies in; for the country anywhere.
fn holding_in(lexicon: &Lexicon, code: &str) -> Value {
    if code == COUNTRY {
        return json!({ "within": code });
    }
    let mut codes = vec![code.to_owned()];
    while let Some(above) = codes.last().and_then(|code| parent(lexicon, code)) {
        codes.push(above);
    }
    json!({ "code": { "in": codes } })
}

/// From a country, or from any but this one.
fn origin(country: &str) -> Value {
    match country {
        FOREIGN => json!({ "not": COUNTRY, "isNull": false }),
        country => json!({ "eq": country }),
    }
}

fn country(frame: &Frame) -> Value {
    frame.country.as_ref().map_or(
        json!({}),
        |country| json!({ "countryOfOrigin": origin(country) }),
    )
}

/// The parks that are named, else the places: filters of sites, one each. Two readings of a name are one place.
fn whereabouts(frame: &Frame) -> Vec<Value> {
    let parks: Vec<Value> = frame
        .things
        .iter()
        .filter(|thing| thing.kind == NameKind::Park)
        .map(|thing| json!({ "park": { "eq": thing.key } }))
        .collect();
    if !parks.is_empty() {
        return parks;
    }
    let whole = frame.places.first().is_some_and(|code| code == COUNTRY);
    let places = if whole && frame.country.is_some() {
        // Everybody from abroad who is known is known here, with a site or without.
        0
    } else if frame.readings || whole {
        1
    } else {
        frame.places.len()
    };
    let within = |code: &String| json!({ "territory": { "within": code } });
    frame.places.iter().take(places).map(within).collect()
}

fn sites(lexicon: &Lexicon, frame: &Frame) -> Value {
    let mut sites = Map::new();
    match whereabouts(frame).as_slice() {
        [] => {}
        [Value::Object(one)] => sites.extend(one.clone()),
        several => {
            sites.insert("or".into(), json!(several));
        }
    }
    match frame.activity.as_deref() {
        None | Some("offshoring_all") => {}
        // Sites are recorded by segment: a call centre is a site of customer relations.
        Some("call_centre") => {
            sites.insert("activity".into(), json!({ "within": "CRM" }));
        }
        Some(activity) => {
            sites.insert("activity".into(), json!({ "within": activity }));
        }
    }
    let mut organisation = Map::new();
    if let Some(country) = &frame.country {
        organisation.insert("countryOfOrigin".into(), origin(country));
    }
    if let Some(key) = frame.thing(NameKind::Organisation) {
        organisation.insert("key".into(), json!({ "in": units(lexicon, key) }));
    }
    if !organisation.is_empty() {
        sites.insert("organisation".into(), Value::Object(organisation));
    }
    Value::Object(sites)
}

/// Stages that a word for a stage covers.
fn statuses(status: &str) -> Vec<String> {
    let stages: &[&str] = match status {
        "in_progress" | "ongoing" | "under_way" => &[
            "STARTED",
            "LAUNCHED",
            "IN_PROGRESS",
            "UNDER_CONSTRUCTION",
            "FIRST_PHASE_DELIVERED",
        ],
        "done" | "finished" | "completed" | "delivered" => &["DELIVERED"],
        "planned" | "announced" => &[
            "ANNOUNCED",
            "STUDIES",
            "AGREEMENT_SIGNED",
            "APPROVED",
            "TENDER",
        ],
        "started" | "launched" => &[
            "STARTED",
            "LAUNCHED",
            "IN_PROGRESS",
            "UNDER_CONSTRUCTION",
            "FIRST_PHASE_DELIVERED",
            "DELIVERED",
        ],
        other => return vec![other.to_uppercase()],
    };
    stages.iter().map(|stage| (*stage).to_owned()).collect()
}
