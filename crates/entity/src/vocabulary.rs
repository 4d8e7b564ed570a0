//! Closed lists of words that columns are made of, written in snake_case in tables and files.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

macro_rules! vocabulary {
    ($($(#[$doc:meta])* $name:ident: $expected:literal { $($(#[$variant_doc:meta])* $variant:ident = $text:literal),+ $(,)? })+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, EnumIter, DeriveActiveEnum)]
        #[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))")]
        pub enum $name {
            $($(#[$variant_doc])* #[sea_orm(string_value = $text)] #[serde(rename = $text)] $variant,)+
        }

        impl $name {
            /// The word as tables and files write it.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }
        }

        impl std::str::FromStr for $name {
            type Err = crate::Invalid;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                match text {
                    $($text => Ok(Self::$variant),)+
                    _ => Err(crate::Invalid::new(text, $expected)),
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    )+};
}

vocabulary! {
    /// Levels of the territorial tree of Morocco (HCP). A province and a prefecture stand on the same level.
    Level: "a level (country, region, province, commune, arrondissement)" {
        Country = "country", Region = "region", Province = "province", Commune = "commune", Arrondissement = "arrondissement",
    }

    /// What kind of quantity an indicator is; decides headlines, sums and comparisons.
    Measure: "a measure (stock, flow, ratio, rank, price)" {
        /// Counted at a moment.
        Stock = "stock",
        /// Added up over a period.
        Flow = "flow",
        /// A part of something, or a rate.
        Ratio = "ratio",
        /// A position in an order; 1 is first.
        Rank = "rank",
        Price = "price",
    }

    /// How the source words a value: "près de" stays approximate. A target is an objective, an announcement or a plan.
    Qualifier: "a qualifier (exact, approximate, at_least, at_most, target)" {
        Exact = "exact", Approximate = "approximate", AtLeast = "at_least", AtMost = "at_most", Target = "target",
    }

    /// Whether the source states the reference period or it was inferred from the context.
    PeriodBasis: "a period basis (stated, inferred)" { Stated = "stated", Inferred = "inferred" }

    /// Kinds of source, in the order in which they are preferred when values differ.
    SourceKind: "a source kind (dataset, official, report, company, press)" {
        Dataset = "dataset", Official = "official", Report = "report", Company = "company", Press = "press",
    }

    /// What the holder of an API key may do.
    Scope: "a scope (read, export, curate, coordinate, admin)" {
        /// Read what everybody may read, under the key's own quota.
        Read = "read",
        /// Take whole lists out at once.
        Export = "export",
        /// Decide on proposals and change facts.
        Curate = "curate",
        /// Look after the needs of companies, and see how to reach whoever filed one.
        Coordinate = "coordinate",
        /// Make and revoke keys.
        Admin = "admin",
    }

    OrganisationKind: "an organisation kind (company, public_body, federation, university, training_institute, park_operator, bank)" {
        Company = "company", PublicBody = "public_body", Federation = "federation", University = "university",
        TrainingInstitute = "training_institute", ParkOperator = "park_operator", Bank = "bank",
    }

    AgreementKind: "an agreement kind (memorandum, convention, contract)" {
        Memorandum = "memorandum", Convention = "convention", Contract = "contract",
    }

    /// Where a project stood, as of the date its status carries.
    ProjectStatus: "a project status (announced, studies, agreement_signed, approved, tender, started, launched, in_progress, under_construction, first_phase_delivered, delivered)" {
        Announced = "announced", Studies = "studies", AgreementSigned = "agreement_signed", Approved = "approved", Tender = "tender",
        Started = "started", Launched = "launched", InProgress = "in_progress", UnderConstruction = "under_construction",
        FirstPhaseDelivered = "first_phase_delivered", Delivered = "delivered",
    }

    /// Where a milestone stood, as of the date it carries.
    MilestoneStatus: "a milestone status (planned, under_way, done, dropped)" {
        /// It was announced or agreed; no source says that work began.
        Planned = "planned",
        UnderWay = "under_way",
        /// A source says that it was reached.
        Done = "done",
        /// A source says that it was given up.
        Dropped = "dropped",
    }

    /// What an IT or offshoring company offers.
    Capability: "a capability (software_development, web_development, mobile_development, business_software, stock_management, online_sales, customer_relations_software, contact_centre, back_office, cloud_hosting, networks, cybersecurity, data_analytics, artificial_intelligence, industrial_iot, automation, embedded_systems, engineering_design, digital_marketing, training, consulting, support_maintenance)" {
        /// Software made to order, other than for the web or telephones.
        SoftwareDevelopment = "software_development",
        /// Sites and applications for browsers.
        WebDevelopment = "web_development",
        /// Applications for telephones.
        MobileDevelopment = "mobile_development",
        /// Integrated management (ERP): accounts, purchases, sales, staff in one system.
        BusinessSoftware = "business_software",
        /// Stocks, warehouses and traceability.
        StockManagement = "stock_management",
        /// Selling on line: shops, payment, orders.
        OnlineSales = "online_sales",
        /// Software for customer relations (CRM).
        CustomerRelationsSoftware = "customer_relations_software",
        /// Answering and calling customers, by telephone, chat or mail.
        ContactCentre = "contact_centre",
        /// Business processes done for others: data entry, accounts, claims, pay.
        BackOffice = "back_office",
        /// Servers, hosting and cloud services.
        CloudHosting = "cloud_hosting",
        /// Networks and telecommunications.
        Networks = "networks",
        /// Protection of systems and data, audits included.
        Cybersecurity = "cybersecurity",
        /// Data bases, reporting and analysis.
        DataAnalytics = "data_analytics",
        ArtificialIntelligence = "artificial_intelligence",
        /// Sensors and connected machines (industry 4.0).
        IndustrialIot = "industrial_iot",
        /// Automation of processes and machines, robots included.
        Automation = "automation",
        /// Electronics and software inside products.
        EmbeddedSystems = "embedded_systems",
        /// Engineering services: design, computation, simulation.
        EngineeringDesign = "engineering_design",
        DigitalMarketing = "digital_marketing",
        /// Training of a customer's staff.
        Training = "training",
        /// Advice on digital transformation and organisation.
        Consulting = "consulting",
        /// Help desk, support and maintenance of systems.
        SupportMaintenance = "support_maintenance",
    }

    /// Productive sectors that are served, with the sections and divisions of ISIC Rev. 4.
    Sector: "a sector (agriculture, food_processing, leather, textile, crafts, tourism, automotive, aerospace, electronics, construction, retail, logistics, health, pharmaceuticals, education, finance, public_administration, energy_water, mining, chemicals, telecoms_media, other)" {
        /// A: crops, livestock, forestry, fishing.
        Agriculture = "agriculture",
        /// C10–C12: food, drink, olive oil.
        FoodProcessing = "food_processing",
        /// C15: tanning, leather goods, shoes.
        Leather = "leather",
        /// C13–C14: textile and clothing.
        Textile = "textile",
        /// Handicraft, whatever it makes: pottery, zellige, brassware, wood. No section of its own.
        Crafts = "crafts",
        /// I, N79: hotels, restaurants, travel.
        Tourism = "tourism",
        /// C29: vehicles and their parts, wiring included.
        Automotive = "automotive",
        /// C303: aircraft and their parts.
        Aerospace = "aerospace",
        /// C26–C27: electronic and electrical equipment.
        Electronics = "electronics",
        /// F, L68: building, public works, real estate.
        Construction = "construction",
        /// G: wholesale and retail trade.
        Retail = "retail",
        /// H: transport, storage, post.
        Logistics = "logistics",
        /// Q: hospitals, surgeries, social care.
        Health = "health",
        /// C21: medicines.
        Pharmaceuticals = "pharmaceuticals",
        /// P: schools, universities, training.
        Education = "education",
        /// K: banks and insurance.
        Finance = "finance",
        /// O: State, communes and their bodies.
        PublicAdministration = "public_administration",
        /// D–E: electricity, gas, water, waste.
        EnergyWater = "energy_water",
        /// B: mines and quarries.
        Mining = "mining",
        /// C19–C20, C22–C23: chemicals, plastics, building materials.
        Chemicals = "chemicals",
        /// J: telecommunications, media, information services.
        TelecomsMedia = "telecoms_media",
        /// Any other.
        Other = "other",
    }

    IncentiveKind: "an incentive kind (income_tax, corporate_tax, job_bonus, training_bonus, grant, social_charges)" {
        IncomeTax = "income_tax", CorporateTax = "corporate_tax", JobBonus = "job_bonus", TrainingBonus = "training_bonus",
        Grant = "grant", SocialCharges = "social_charges",
    }

    /// What a training programme's figure counts.
    TrainingMeasure: "a training measure (students, graduates_per_year, places)" {
        Students = "students", GraduatesPerYear = "graduates_per_year", Places = "places",
    }

    /// What an observation can be about, other than a whole territory.
    SubjectKind: "a subject kind (organisation, park, project, agreement, plan, programme)" {
        Organisation = "organisation", Park = "park", Project = "project", Agreement = "agreement", Plan = "plan", Programme = "programme",
    }

    /// Every concept that has rows with keys.
    ConceptKind: "a concept" {
        Unit = "unit", Source = "source", Territory = "territory", Activity = "activity", Indicator = "indicator", Organisation = "organisation",
        Park = "park", Site = "site", Project = "project", Agreement = "agreement", AgreementAxis = "agreement_axis", Plan = "plan",
        PlanObjective = "plan_objective", Membership = "membership", Profile = "profile", Milestone = "milestone", Incentive = "incentive", TrainingProgramme = "training_programme", Event = "event",
        Observation = "observation", Coordinates = "coordinates",
    }

    /// What happened to a row.
    Change: "a change (created, revised, retracted)" {
        /// It is stated for the first time, or again after it was retracted.
        Created = "created",
        /// Another version of it is in force.
        Revised = "revised",
        /// It ended with none in its place.
        Retracted = "retracted",
    }

    /// What a proposal asks for.
    ProposalAction: "an action (create, revise, retract, read)" {
        Create = "create", Revise = "revise", Retract = "retract",
        /// That somebody reads a text in which no figure was found, and states what it says.
        Read = "read",
    }

    /// What became of a proposal.
    ProposalStatus: "a status of proposals (open, accepted, amended, rejected)" {
        /// It waits for a curator.
        Open = "open",
        /// It was taken over as it was.
        Accepted = "accepted",
        /// It was taken over with other content.
        Amended = "amended",
        Rejected = "rejected",
    }

    /// What sort of person wrote; never who.
    Role: "a role (anybody, partner, curator, coordinator, operator)" {
        /// Somebody without a key.
        Anybody = "anybody",
        /// The holder of a key that neither curates nor coordinates.
        Partner = "partner",
        Curator = "curator",
        /// The holder of a key that coordinates and does not curate.
        Coordinator = "coordinator",
        /// Whoever runs the program.
        Operator = "operator",
    }

    /// The door somebody came through.
    Door: "a door (api, telegram, terminal)" { Api = "api", Telegram = "telegram", Terminal = "terminal" }

    /// What a write did.
    AuditAction: "an action of the audit" {
        Propose = "propose", Accept = "accept", Amend = "amend", Reject = "reject", Create = "create", Revise = "revise",
        Retract = "retract", Merge = "merge",
        /// An empty database was filled; its many rows are one entry.
        Fill = "fill",
        MakeKey = "make_key", RevokeKey = "revoke_key",
        FileNeed = "file_need", AmendNeed = "amend_need", Introduce = "introduce", RecordConsent = "record_consent",
        AdvanceNeed = "advance_need", EraseNeed = "erase_need", ReadContact = "read_contact",
        Export = "export",
        /// A code that links an account of Telegram to an API key was made, or ended unused.
        MakeCode = "make_code", EndCode = "end_code",
        /// An account of Telegram may do what an API key may, or may no longer. Which account is not said.
        Link = "link", Unlink = "unlink",
        MakeWebhook = "make_webhook", DeleteWebhook = "delete_webhook",
    }

    /// Whether a webhook is delivered to.
    WebhookState: "a state of webhooks (active, given_up, gone, key_ended, events_forgotten, filter_outdated)" {
        /// It is told of what changes.
        Active = "active",
        /// Nothing could be delivered for too long.
        GivenUp = "given_up",
        /// Its address answered that it is gone.
        Gone = "gone",
        /// Its API key expired or was revoked.
        KeyEnded = "key_ended",
        /// Events were forgotten before they could be delivered.
        EventsForgotten = "events_forgotten",
        /// Its filter means nothing in this release.
        FilterOutdated = "filter_outdated",
    }

    /// How far a need is.
    NeedStatus: "a status of needs (open, introduced, under_way, done, dropped)" {
        /// Nobody was brought together yet.
        Open = "open",
        /// The company and a provider agreed to be brought together.
        Introduced = "introduced",
        /// They work on it.
        UnderWay = "under_way",
        Done = "done",
        /// It came to nothing, or was withdrawn.
        Dropped = "dropped",
    }

    /// What somebody says to being brought together.
    Consent: "a consent (asked, given, refused)" { Asked = "asked", Given = "given", Refused = "refused" }

    /// The two that are brought together.
    Side: "a side (company, provider)" { Company = "company", Provider = "provider" }

    /// What somebody found wrong with an answer.
    AnswerProblem: "a problem of an answer (wrong_figure, wrong_place, not_what_i_asked, out_of_date, other)" {
        WrongFigure = "wrong_figure", WrongPlace = "wrong_place", NotWhatIAsked = "not_what_i_asked", OutOfDate = "out_of_date",
        Other = "other",
    }

    /// Whether a name is the one shown or another one in use.
    NameRole: "a name role (name, alias)" { Name = "name", Alias = "alias" }
}

impl From<Change> for AuditAction {
    fn from(change: Change) -> Self {
        match change {
            Change::Created => Self::Create,
            Change::Revised => Self::Revise,
            Change::Retracted => Self::Retract,
        }
    }
}

impl NeedStatus {
    /// Whether a need may go on to this state.
    pub fn may_become(self, next: Self) -> bool {
        use NeedStatus::{Done, Dropped, Introduced, Open, UnderWay};
        matches!(
            (self, next),
            (Open, Introduced | Dropped)
                | (Introduced, Open | UnderWay | Dropped)
                | (UnderWay, Open | Done | Dropped)
                | (Dropped, Open)
        )
    }
}

impl From<SubjectKind> for ConceptKind {
    fn from(kind: SubjectKind) -> Self {
        match kind {
            SubjectKind::Organisation => Self::Organisation,
            SubjectKind::Park => Self::Park,
            SubjectKind::Project => Self::Project,
            SubjectKind::Agreement => Self::Agreement,
            SubjectKind::Plan => Self::Plan,
            SubjectKind::Programme => Self::TrainingProgramme,
        }
    }
}

impl TryFrom<ConceptKind> for SubjectKind {
    type Error = crate::Invalid;

    fn try_from(kind: ConceptKind) -> Result<Self, Self::Error> {
        use sea_orm::Iterable;
        Self::iter()
            .find(|subject| ConceptKind::from(*subject) == kind)
            .ok_or_else(|| crate::Invalid::new(kind.as_str(), "a subject of observations"))
    }
}
