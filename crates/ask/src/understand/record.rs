//! Questions about one named thing: who, where, when, status, contents, definition.

use crate::answer::{AbstentionReason, QuestionKind};
use crate::frame::{Frame, Listed, Thing, When};
use crate::lexicon::{Cue, NameKind};

use super::kind::Asked;
use super::{Outcome, about};

/// Classes of bodies that are told apart among those of a project.
const CLASSES: [&str; 3] = ["ministries", "universities", "federations"];

/// States that a part of an agreement or of a plan is asked to have reached.
const REACHED: [&str; 4] = ["delivered", "in_progress", "under_construction", "stopped"];

impl Asked<'_> {
    /// Whether an agreement is named that gives aids.
    fn grants(&self) -> bool {
        let gives = |key: &str| !self.lexicon.frames().granted_by(key).is_empty();
        let mut things = self.things.iter();
        things.any(|thing| thing.kind == NameKind::Agreement && gives(&thing.key))
    }

    /// The class of bodies that is asked for among those of a project or an agreement: "which ministries take part?".
    fn of_class(&self) -> Option<String> {
        let s = self.signals;
        let takes_part = s.has(Cue::Signed) || s.concept("parties");
        let asked = s.any(&[Cue::What, Cue::Who, Cue::WhichOnes, Cue::List]) || takes_part;
        let class = |class: &&&str| s.concept(class);
        let schools = takes_part && (s.concept("training") || s.concept("training_institutes"));
        let class = CLASSES.iter().copied().find(|one| class(&one));
        class
            .or(schools.then_some("universities"))
            .filter(|_| asked)
            .map(str::to_owned)
    }

    /// "Which ministries signed the Alten agreement?": those of its parties that are of the class.
    fn signatories(&self) -> Option<Frame> {
        let s = self.signals;
        let has = |kind: NameKind| self.things.iter().any(|thing| thing.kind == kind);
        let other = [Cue::Count, Cue::When, Cue::SinceWhen, Cue::Status];
        let takes_part = s.has(Cue::Signed) || s.concept("parties");
        let with = has(NameKind::Agreement)
            || takes_part && (s.concept("memorandum") || has(NameKind::Organisation));
        if s.any(&other)
            || !s.measures.is_empty()
            || !with
            || has(NameKind::Project)
            || s.concept("agreements") && !takes_part
        {
            return None;
        }
        let mut frame = self.frame(QuestionKind::Who);
        frame.sector = Some(self.of_class()?);
        if has(NameKind::Agreement) {
            frame
                .things
                .retain(|thing| thing.kind == NameKind::Agreement);
        } else {
            frame.listed = Some(Listed::Agreements);
        }
        Some(frame)
    }

    /// How far an agreement or a plan has come: "où en est le mémorandum ?", "l'axe 2 est-il réalisé ?"
    fn progress(&self) -> Option<Frame> {
        let s = self.signals;
        let has = |kind: NameKind| self.things.iter().any(|thing| thing.kind == kind);
        let bound = has(NameKind::Agreement) || has(NameKind::Plan) || s.concept("memorandum");
        let reached = |status: &String| REACHED.contains(&status.as_str());
        let asked = s.has(Cue::Status) || s.statuses.iter().any(reached);
        // "Where does the memorandum stand?": it lies nowhere.
        let stands = s.has(Cue::Where) && bound && self.places.codes.is_empty();
        let another = [
            Cue::Count,
            Cue::Value,
            Cue::Share,
            Cue::Trend,
            Cue::Growth,
            Cue::Who,
            Cue::Signed,
            Cue::Contents,
        ];
        let counted = !s.measures.is_empty() || !s.indicators.is_empty();
        let of_projects = s.concept("projects") || has(NameKind::Project);
        if !(asked || stands) || s.any(&another) || counted || of_projects {
            return None;
        }
        let mut frame = self.frame(QuestionKind::Status);
        if !has(NameKind::Agreement) && !has(NameKind::Plan) {
            let alone = self.things.is_empty() && self.places.codes.is_empty();
            if !(bound || s.concept("agreements")) || !alone {
                return None;
            }
            frame.listed = Some(Listed::Agreements);
        }
        let parts = ["axis", "axes", "objectives"];
        if parts.iter().any(|part| s.concept(part)) {
            // "le deuxième axe", "l'axe 2"
            let number = s.numbers.first().map(|number| number.value);
            frame.number = s.ordinals.first().copied().or(number);
        }
        Some(frame)
    }

    /// Questions about one named thing: who, where, when, status, contents, definition.
    pub(super) fn about_records(&self) -> Option<Outcome> {
        let s = self.signals;
        let has = |kind: NameKind| self.things.iter().any(|thing| thing.kind == kind);
        let aids = |c: &String| about::listed_of(c) == Some(Listed::Incentives);
        if s.concepts.iter().any(aids) && self.grants() {
            // "Quelles aides prévoit la circulaire ?": the aids, not the text.
            return None;
        }
        // "L'IR à 10 %, jusqu'à quand ?": the aids say so themselves.
        let aided = s.concepts.iter().any(aids) && !has(NameKind::Agreement);
        if s.any(&[Cue::When, Cue::SinceWhen])
            && !s.any(&[Cue::Count])
            && !aided
            && (!self.things.is_empty() || s.concept("memorandum"))
        {
            if s.has(Cue::Future) && !has(NameKind::Project) {
                return Some(self.abstain(AbstentionReason::Future));
            }
            let ended = s.statuses.iter().any(|status| status == "delivered");
            if ended && has(NameKind::Project) && !has(NameKind::Agreement) {
                // "When will the extension be finished?": its state says whether it is; when it began does not.
                return Some(Outcome::Ask(self.frame(QuestionKind::Status)));
            }
            let signed = s.has(Cue::Signed)
                || s.concept("agreements")
                || s.concept("memorandum")
                || s.statuses.iter().any(|status| status == "agreement_signed");
            let mut frame = self.frame(QuestionKind::When);
            if signed && !has(NameKind::Agreement) && has(NameKind::Organisation) {
                // When an agreement of theirs was signed, not since when they are there.
                frame.listed = Some(Listed::Agreements);
            }
            if s.concept("state") {
                // "The agreement with the State": one that ministries signed.
                frame.sector = Some("state".to_owned());
            } else if (s.concept("memorandum") || s.concept("memoranda")) && frame.sector.is_none()
            {
                frame.sector = Some("memorandum".to_owned());
            }
            return Some(Outcome::Ask(frame));
        }
        let region = self.places.codes == [super::HOME_REGION] && s.within.is_empty();
        let signs = s.any(&[Cue::Signed, Cue::Contents]) && !s.any(&[Cue::When, Cue::SinceWhen]);
        if s.concept("agreements") && region && signs && self.things.is_empty() {
            // "Which agreements involve the region?": those of its council.
            return None;
        }
        if let Some(frame) = self.signatories() {
            return Some(Outcome::Ask(frame));
        }
        let whether = s.any(&[Cue::YesNo, Cue::Verification]) || s.cues == [Cue::Signed];
        if s.has(Cue::Signed)
            && whether
            && has(NameKind::Organisation)
            && about::listed(s).is_none()
        {
            // "Was anything signed between MEDZ and the region?"
            let mut frame = self.frame(QuestionKind::List);
            frame.listed = Some(Listed::Agreements);
            self.sign_as_council(&mut frame);
            return Some(Outcome::Ask(frame));
        }
        let mentions = s
            .things
            .iter()
            .filter(|m| m.names(NameKind::Organisation))
            .count();
        let whether = s.any(&[Cue::YesNo, Cue::Verification]);
        let no_quantity = !s.any(&[Cue::Count, Cue::Value, Cue::List, Cue::WhichOnes]);
        if whether && no_quantity && mentions == 1 && s.things.len() == 1 && !s.countries.is_empty()
        {
            // "Is CGI a Canadian company?"
            return Some(Outcome::Ask(self.frame(QuestionKind::Who)));
        }
        let part_of = s.has(Cue::Share) || s.concept("parent");
        if whether && part_of && mentions == 2 && s.measures.is_empty() && s.indicators.is_empty() {
            // "Is the AMRC part of the FMES?": whose it is.
            return Some(Outcome::Ask(self.frame(QuestionKind::Who)));
        }
        let bound = s.concept("memorandum") || s.concept("agreements");
        if s.has(Cue::Signed)
            && s.has(Cue::Who)
            && !s.any(&[Cue::Contents, Cue::When])
            && (bound || has(NameKind::Agreement))
        {
            // "Qui a signé le mémorandum ?"
            let mut frame = self.frame(QuestionKind::Who);
            if !has(NameKind::Agreement) {
                frame.listed = Some(Listed::Agreements);
            }
            return Some(Outcome::Ask(frame));
        }
        let told = [
            Cue::Contents,
            Cue::When,
            Cue::SinceWhen,
            Cue::Count,
            Cue::Value,
            Cue::Source,
        ];
        let who =
            s.has(Cue::Who) && !s.any(&told) && s.measures.is_empty() && s.indicators.is_empty();
        let parties = s.concept("parties") && !s.any(&told) || who && s.concepts.is_empty();
        if parties && has(NameKind::Agreement) {
            return Some(Outcome::Ask(self.frame(QuestionKind::Who)));
        }
        let money = |m: &String| matches!(m.as_str(), "budget" | "investment" | "subsidy");
        let amount = [Cue::Count, Cue::Value, Cue::Share];
        let pays = !s.measures.is_empty() && s.measures.iter().all(money)
            || s.measures.is_empty() && !s.indicators.is_empty();
        let paid = |key: &String| key.contains("salary");
        if s.has(Cue::Who)
            && has(NameKind::Project)
            && pays
            && !s.any(&amount)
            && s.indicators.iter().all(paid)
        {
            // "Which bank put money into the Agritech pole?", "chkoun li kaykhelles 3la…"
            let mut frame = self.frame(QuestionKind::Who);
            frame.things.retain(|thing| thing.kind == NameKind::Project);
            return Some(Outcome::Ask(frame));
        }
        if (s.concept("organiser") || s.has(Cue::Who)) && has(NameKind::Event) {
            // "Who organised the webinar of 2020?"
            let mut frame = self.frame(QuestionKind::Who);
            frame.things.retain(|thing| thing.kind == NameKind::Event);
            frame.places.clone_from(&self.places.codes);
            return Some(Outcome::Ask(frame));
        }
        if let Some(frame) = self.progress() {
            return Some(Outcome::Ask(frame));
        }
        let role = s.concept("parties") || s.concept("owner");
        let bound_to = has(NameKind::Agreement) || s.has(Cue::Signed);
        let alone = !has(NameKind::Organisation) || s.has(Cue::Who);
        if role && has(NameKind::Project) && alone && !bound_to {
            // "Which companies are partners of the Technopark project?"
            let mut frame = self.frame(QuestionKind::Who);
            frame.sector = self.of_class();
            frame.things.retain(|thing| thing.kind == NameKind::Project);
            return Some(Outcome::Ask(frame));
        }
        let between = s.any(&[Cue::What, Cue::List])
            && s.concept("agreements")
            && s.things
                .iter()
                .filter(|mention| mention.names(NameKind::Organisation))
                .count()
                > 1;
        let contents = between
            || s.any(&[Cue::Contents])
            || s.concept("axes")
            || s.concept("objectives")
            || s.concept("parties")
            || s.concept("axis");
        // "Les objectifs de Digital Morocco 2030 en matière d'emploi": of all it aims at, this quantity.
        let quantities = (s.measures.iter()).any(|m| !matches!(m.as_str(), "target" | "budget"));
        // "Combien d'emplois prévoit le contrat ?"
        let counted = s.has(Cue::Count) || s.measures == ["investment"];
        let counted = counted && s.indicators.is_empty();
        let aims = has(NameKind::Plan) && s.concept("objectives");
        let contents = contents && !(quantities && (aims || counted));
        let ask = |kind| {
            let mut frame = self.frame(kind);
            if kind == QuestionKind::Contents && s.any(&[Cue::Contents]) | s.concept("axes") {
                // "le deuxième axe"
                frame.number = s.ordinals.first().copied();
            }
            if kind == QuestionKind::Status && has(NameKind::Project) && s.measure("target") {
                // "Il devait ouvrir fin 2023": when it was due, and not of when the state is.
                frame.when = When::Latest;
            }
            Some(Outcome::Ask(frame))
        };
        if contents && !s.measure("subsidy") && (s.concept("axes") || !self.asks_number_of_parts())
        {
            let plan = has(NameKind::Plan) || has(NameKind::Agreement);
            // "What have Alten and the ENSAM agreed on?"
            let several = s
                .things
                .iter()
                .filter(|m| m.names(NameKind::Organisation))
                .count()
                > 1;
            if plan
                || several && s.has(Cue::Contents)
                || s.concept("axes")
                || s.concept("axis")
                || s.concept("memorandum")
                || s.concept("agreements")
            {
                return ask(QuestionKind::Contents);
            }
        }
        let quantity = s.any(&[Cue::Count, Cue::Value, Cue::Share, Cue::Trend, Cue::Growth]);
        if s.has(Cue::Status) && has(NameKind::Project) && !quantity && s.indicators.is_empty() {
            return ask(QuestionKind::Status);
        }
        const FIELDS: [&str; 4] = [
            "economic_development",
            "rural_development",
            "natural_resources",
            "heritage_research",
        ];
        let field = s
            .sectors
            .iter()
            .any(|sector| FIELDS.contains(&sector.as_str()));
        let share = s.has(Cue::Share) || s.indicators.iter().any(|key| key.contains("share"));
        if field && has(NameKind::Plan) && !share {
            // "Combien le PDR réserve-t-il au monde rural ?": one of its objectives.
            return ask(QuestionKind::Contents);
        }
        let sites = s.indicators == ["call_centres"] && s.measures.is_empty();
        if sites && s.has(Cue::Where) && has(NameKind::Organisation) && !quantity {
            // "Deloitte has a centre in Morocco, but where?"
            return ask(QuestionKind::Where);
        }
        if self.asks_figure() {
            return None;
        }
        let records = s.concept("agreements") || s.concept("projects");
        if s.concept("territories") && has(NameKind::Organisation) && !self.asks_number_of_parts() {
            // "In which cities does Concentrix have sites?"
            return ask(QuestionKind::Where);
        }
        let counted = s.has(Cue::Count) && s.concept("sites");
        if s.has(Cue::Where) && !self.things.is_empty() && !records && !counted {
            return ask(QuestionKind::Where);
        }
        let bodies = [
            "organisations",
            "public_bodies",
            "ministries",
            "universities",
            "federations",
            "operators",
        ];
        let body_asked = s.concepts.iter().any(|c| bodies.contains(&c.as_str()))
            && s.any(&[Cue::What, Cue::Who, Cue::WhichOnes]);
        if has(NameKind::Project) && body_asked && !has(NameKind::Organisation) {
            // "Which institution carries the Fez Smart Factory?"
            let mut frame = self.frame(QuestionKind::Who);
            frame.sector = self.of_class();
            frame.things.retain(|thing| thing.kind == NameKind::Project);
            return Some(Outcome::Ask(frame));
        }
        let elsewhere = [
            Cue::Status,
            Cue::Where,
            Cue::Source,
            Cue::Contents,
            Cue::YesNo,
        ];
        if s.has(Cue::Who)
            && has(NameKind::Project)
            && !has(NameKind::Organisation)
            && !s.any(&elsewhere)
            && s.statuses.is_empty()
            && s.concepts.is_empty()
        {
            // "Qui a financé le pôle Agritech ?"
            return ask(QuestionKind::Who);
        }
        if has(NameKind::Project) && s.any(&[Cue::Status, Cue::YesNo, Cue::Opened, Cue::Future])
            || (has(NameKind::Project) && !s.statuses.is_empty())
        {
            return ask(QuestionKind::Status);
        }
        let projects = (s.concept("projects") || s.measure("projects")) && !has(NameKind::Project);
        if s.has(Cue::Status) && projects {
            // "Où en sont les projets de l'UEMF ?": the list says so of each.
            return None;
        }
        if s.has(Cue::Status) && !self.things.is_empty() {
            return ask(QuestionKind::Status);
        }
        if s.has(Cue::Signed) && (has(NameKind::Agreement) || s.concept("memorandum")) {
            return ask(QuestionKind::When);
        }
        let several = s.concept("agreements") && !s.has(Cue::Who);
        if s.has(Cue::Signed)
            && has(NameKind::Organisation)
            && s.any(&[Cue::Who, Cue::What])
            && !several
        {
            // "Avec qui le CRI a-t-il signé ?"
            return ask(QuestionKind::Contents);
        }
        let heads = s.concepts.iter().any(|c| {
            matches!(
                c.as_str(),
                "head" | "director" | "manager" | "president" | "people"
            )
        });
        let twin = |thing: &Thing| {
            thing.kind == NameKind::Project
                && self.lexicon.name(NameKind::Park, &thing.key).is_some()
        };
        let twin = self.things.iter().any(twin) && !s.concept("director");
        let body = has(NameKind::Organisation) || has(NameKind::Park) || twin;
        if heads && has(NameKind::Plan) && s.has(Cue::Who) {
            // "Who oversees the strategy?"
            return ask(QuestionKind::Who);
        }
        if heads && !body {
            // Who heads what is not recorded by name is not known.
            return Some(self.abstain(AbstentionReason::NoObservation));
        }
        // "Le parc Fès Shore", "le projet Fez Smart Factory": one record named with its kind is no list.
        let class = about::listed(s).filter(|class| match class {
            Listed::Parks => !has(NameKind::Park),
            Listed::Projects => !has(NameKind::Project),
            Listed::Agreements => !has(NameKind::Agreement),
            Listed::Plans => !has(NameKind::Plan),
            _ => true,
        });
        // "Foundever, what kind of company is that?": one named is no list.
        let one = s.any(&[Cue::What, Cue::Who]) && !s.has(Cue::Count);
        let company = |class: &Listed| {
            const BODIES: [Listed; 6] = [
                Listed::Operators,
                Listed::Organisations,
                Listed::PublicBodies,
                Listed::Federations,
                Listed::Universities,
                Listed::TrainingInstitutes,
            ];
            (BODIES.contains(class) || *class == Listed::Training && s.has(Cue::Who))
                && one
                && has(NameKind::Organisation)
                && self.places.codes.is_empty()
        };
        let children = s.concept("subsidiaries") && s.any(&[Cue::What, Cue::List, Cue::WhichOnes]);
        let belong = s.concept("members");
        if class.as_ref().is_some_and(company)
            && !children
            && !belong
            && !heads
            && s.things.len() == 1
        {
            return ask(QuestionKind::Who);
        }
        let listing = class.is_some()
            || (s.measure("companies") && !has(NameKind::Organisation))
            || (s.measure("projects") && !has(NameKind::Project));
        let park = (has(NameKind::Park) || twin) && !has(NameKind::Organisation);
        if s.has(Cue::Who) && !heads && park && !listing {
            // Who runs it and who works there.
            return ask(QuestionKind::Who);
        }
        if s.concept("parent") && has(NameKind::Organisation) {
            return ask(QuestionKind::Who);
        }
        if s.concept("owner") && (has(NameKind::Project) || park && !listing) {
            return ask(QuestionKind::Who);
        }
        let weighed = !s.comparators.is_empty() || s.any(&[Cue::Comparison, Cue::Top, Cue::Bottom]);
        // "Who is bigger, A or B?" asks nobody's name.
        let weighed = weighed && s.things.len() > 1 && !heads;
        if s.has(Cue::Who) && (heads || has(NameKind::Organisation)) && class.is_none() && !weighed
        {
            let mut frame = self.frame(QuestionKind::Who);
            frame.target = heads;
            return Some(Outcome::Ask(frame));
        }
        if heads && park {
            // Who runs a park is recorded.
            return ask(QuestionKind::Who);
        }
        if heads && has(NameKind::Organisation) {
            let mut frame = self.frame(QuestionKind::Who);
            frame.target = true;
            return Some(Outcome::Ask(frame));
        }
        if s.has(Cue::What) && !listing && (has(NameKind::Agreement) || has(NameKind::Plan)) {
            return ask(QuestionKind::Contents);
        }
        if s.has(Cue::What)
            && !listing
            && (!self.things.is_empty() || !s.activities.is_empty())
            && self.places.codes.is_empty()
        {
            return ask(QuestionKind::Definition);
        }
        None
    }
}
