//! The vocabulary of the rows as GraphQL enums, mirrored, not copied.

use async_graphql::Enum;

macro_rules! mirror {
    ($($(#[$doc:meta])* $name:ident = $remote:literal { $($(#[$variant_doc:meta])* $variant:ident),+ $(,)? })+) => {$(
        $(#[$doc])*
        #[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[graphql(remote = $remote)]
        pub enum $name { $($(#[$variant_doc])* $variant),+ }
    )+};
}

mirror! {
    /// What a proposal asks for.
    ProposalAction = "entity::ProposalAction" {
        /// A fact that is not there yet.
        Create,
        /// Another version of a fact.
        Revise,
        /// The end of a fact, with none in its place.
        Retract,
        /// That somebody reads a text: no figure was found in it. It is accepted with what the text states as `amended`.
        Read,
    }

    /// What became of a proposal.
    ProposalStatus = "entity::ProposalStatus" {
        /// It waits for a curator.
        Open,
        /// It was taken over as it was.
        Accepted,
        /// It was taken over with other content.
        Amended,
        /// It was not taken over.
        Rejected,
    }

    /// What sort of person wrote something.
    AuthorRole = "entity::Role" {
        /// Somebody without an API key.
        Anybody,
        /// The holder of an API key that neither curates nor coordinates.
        Partner,
        /// The holder of an API key with the scope curate.
        Curator,
        /// The holder of an API key with the scope coordinate, and not curate.
        Coordinator,
        /// Whoever runs the server.
        Operator,
    }

    /// The door through which something was written.
    Door = "entity::Door" {
        /// HTTP or WebSocket.
        Api,
        /// The Telegram bot.
        Telegram,
        /// A terminal beside the server.
        Terminal,
    }

    /// What was done.
    AuditAction = "entity::AuditAction" {
        /// A proposal was made.
        Propose,
        /// A proposal was taken over as it was.
        Accept,
        /// A proposal was taken over with other content.
        Amend,
        /// A proposal was not taken over.
        Reject,
        /// A fact was stated for the first time, or again after its end.
        Create,
        /// Another version of a fact came in force.
        Revise,
        /// A fact ended with none in its place.
        Retract,
        /// A fact became another name of the one it was found to be.
        Merge,
        /// An empty database was filled; its many rows are one entry.
        Fill,
        /// An API key was made.
        MakeKey,
        /// An API key was ended.
        RevokeKey,
        /// A company said what it looks for.
        FileNeed,
        /// It was said anew what a need is about.
        AmendNeed,
        /// A company is to be brought together with a provider.
        Introduce,
        /// A side said what it thinks of being brought together.
        RecordConsent,
        /// A need went on to another state.
        AdvanceNeed,
        /// What tells who filed a need was erased.
        EraseNeed,
        /// It was looked up how to reach a company.
        ReadContact,
        /// A whole list was taken out.
        Export,
        /// A code was made that links an account of Telegram to an API key.
        MakeCode,
        /// Such a code ended unused, because others may have read it.
        EndCode,
        /// An account of Telegram may do what the API key may; which account is not kept here.
        Link,
        /// An account of Telegram may do so no longer.
        Unlink,
        /// A webhook was made.
        MakeWebhook,
        /// A webhook was deleted.
        DeleteWebhook,
    }

    /// Whether a webhook is delivered to.
    WebhookState = "entity::WebhookState" {
        /// It is told of what changes.
        Active,
        /// Nothing could be delivered for three days. Mend the endpoint and make another webhook with `after`.
        GivenUp,
        /// Its address answered 410: nobody is there any more.
        Gone,
        /// Its API key expired or was revoked.
        KeyEnded,
        /// What happened was deleted before it could be delivered. Read the lists again and make another webhook.
        EventsForgotten,
        /// Its filter means nothing any more after a change of the contract. Make another webhook.
        FilterOutdated,
    }

    /// How far a need is.
    NeedStatus = "entity::NeedStatus" {
        /// Nobody was brought together yet.
        Open,
        /// The company and a provider agreed to be brought together.
        Introduced,
        /// They work on it.
        UnderWay,
        /// It is met.
        Done,
        /// It came to nothing, or was withdrawn.
        Dropped,
    }

    /// What somebody says to being brought together.
    Consent = "entity::Consent" {
        /// Nothing yet.
        Asked,
        /// Yes.
        Given,
        /// No, or no longer.
        Refused,
    }

    /// The two that are brought together.
    NeedSide = "entity::Side" {
        /// Who looks for something.
        Company,
        /// Who could offer it.
        Provider,
    }

    /// A level of the territorial tree of Morocco. Provinces and prefectures stand on one level.
    TerritoryLevel = "entity::Level" {
        /// The country.
        Country,
        /// One of the 12 regions.
        Region,
        /// A province or prefecture.
        Province,
        /// An urban or rural commune.
        Commune,
        /// A district of a large city.
        Arrondissement,
    }

    /// What kind of quantity an indicator is. It decides which figure leads and what may be added up.
    Measure = "entity::Measure" {
        /// Counted at a moment.
        Stock,
        /// Added up over a period.
        Flow,
        /// A share or a rate.
        Ratio,
        /// A position in an order; 1 is first.
        Rank,
        /// A price.
        Price,
    }

    /// How the source words a value.
    Qualifier = "entity::Qualifier" {
        /// Stated as it is.
        Exact,
        /// "About", "nearly" ("près de").
        Approximate,
        /// "More than", "at least".
        AtLeast,
        /// "At most", "up to".
        AtMost,
        /// An objective, an announcement or a plan: never an achieved figure.
        Target,
    }

    /// Whether the source states the reference period or it was inferred from the context.
    PeriodBasis = "entity::PeriodBasis" {
        /// The source states it.
        Stated,
        /// Inferred; the observation's note says from what.
        Inferred,
    }

    /// A kind of source, in the order in which they are preferred.
    SourceKind = "entity::SourceKind" {
        /// A statistical data set.
        Dataset,
        /// A public body's page or document.
        Official,
        /// A study or report.
        Report,
        /// A company's own page.
        Company,
        /// A press article.
        Press,
    }

    /// A kind of organisation.
    OrganisationKind = "entity::OrganisationKind" {
        /// A company.
        Company,
        /// A ministry, agency, council or other public body.
        PublicBody,
        /// A federation or association.
        Federation,
        /// A university or one of its schools.
        University,
        /// A vocational training institute.
        TrainingInstitute,
        /// A company that develops or runs parks.
        ParkOperator,
        /// A bank or fund.
        Bank,
    }

    /// A kind of agreement.
    AgreementKind = "entity::AgreementKind" {
        /// A memorandum of understanding.
        Memorandum,
        /// A convention.
        Convention,
        /// A contract or circular.
        Contract,
    }

    /// Where a project stood, as of the date its status carries.
    ProjectStatus = "entity::ProjectStatus" {
        /// Announced.
        Announced,
        /// Under study.
        Studies,
        /// Its agreement is signed.
        AgreementSigned,
        /// Approved.
        Approved,
        /// Out to tender.
        Tender,
        /// Started.
        Started,
        /// Launched.
        Launched,
        /// In progress.
        InProgress,
        /// Under construction.
        UnderConstruction,
        /// Its first phase is delivered.
        FirstPhaseDelivered,
        /// Delivered.
        Delivered,
    }

    /// Where a milestone stood, as of the date it carries.
    MilestoneStatus = "entity::MilestoneStatus" {
        /// It was announced or agreed; no source says that work began.
        Planned,
        /// Work is going on.
        UnderWay,
        /// A source says that it was reached.
        Done,
        /// A source says that it was given up.
        Dropped,
    }

    /// Where an axis, an objective or a project stands, as far as sources tell.
    ProgressState = "store::progress::State" {
        /// Every milestone that sources tell of is done.
        Done,
        /// Some milestones are done or under way, not all done.
        UnderWay,
        /// Milestones were announced or agreed, and nothing more is told.
        Planned,
        /// Every milestone was given up.
        Dropped,
        /// No source tells where it stands.
        Unknown,
    }

    /// What an IT or offshoring company offers.
    Capability = "entity::Capability" {
        /// Software made to order, other than for the web or telephones.
        SoftwareDevelopment,
        /// Sites and applications for browsers.
        WebDevelopment,
        /// Applications for telephones.
        MobileDevelopment,
        /// Integrated management (ERP): accounts, purchases, sales, staff in one system.
        BusinessSoftware,
        /// Stocks, warehouses and traceability.
        StockManagement,
        /// Selling on line: shops, payment, orders.
        OnlineSales,
        /// Software for customer relations (CRM).
        CustomerRelationsSoftware,
        /// Answering and calling customers, by telephone, chat or mail.
        ContactCentre,
        /// Business processes done for others: data entry, accounts, claims, pay.
        BackOffice,
        /// Servers, hosting and cloud services.
        CloudHosting,
        /// Networks and telecommunications.
        Networks,
        /// Protection of systems and data, audits included.
        Cybersecurity,
        /// Data bases, reporting and analysis.
        DataAnalytics,
        /// Artificial intelligence.
        ArtificialIntelligence,
        /// Sensors and connected machines (industry 4.0).
        IndustrialIot,
        /// Automation of processes and machines, robots included.
        Automation,
        /// Electronics and software inside products.
        EmbeddedSystems,
        /// Engineering services: design, computation, simulation.
        EngineeringDesign,
        /// Digital marketing.
        DigitalMarketing,
        /// Training of a customer's staff.
        Training,
        /// Advice on digital transformation and organisation.
        Consulting,
        /// Help desk, support and maintenance of systems.
        SupportMaintenance,
    }

    /// A sector of the economy that an IT or offshoring company serves, with the sections, divisions and groups of ISIC Rev. 4.
    Sector = "entity::Sector" {
        /// A: crops, livestock, forestry, fishing.
        Agriculture,
        /// C10–C12: food, drink, olive oil.
        FoodProcessing,
        /// C15: tanning, leather goods, shoes.
        Leather,
        /// C13–C14: textile and clothing.
        Textile,
        /// Handicraft, whatever it makes: pottery, zellige, brassware, wood. No section of its own.
        Crafts,
        /// I, N79: hotels, restaurants, travel.
        Tourism,
        /// C29: vehicles and their parts, wiring included.
        Automotive,
        /// C303: aircraft and their parts.
        Aerospace,
        /// C26–C27: electronic and electrical equipment.
        Electronics,
        /// F, L68: building, public works, real estate.
        Construction,
        /// G: wholesale and retail trade.
        Retail,
        /// H: transport, storage, post.
        Logistics,
        /// Q: hospitals, surgeries, social care.
        Health,
        /// C21: medicines.
        Pharmaceuticals,
        /// P: schools, universities, training.
        Education,
        /// K: banks and insurance.
        Finance,
        /// O: State, communes and their bodies.
        PublicAdministration,
        /// D–E: electricity, gas, water, waste.
        EnergyWater,
        /// B: mines and quarries.
        Mining,
        /// C19–C20, C22–C23: chemicals, plastics, building materials.
        Chemicals,
        /// J: telecommunications, media, information services.
        TelecomsMedia,
        /// Any other.
        Other,
    }

    /// A kind of incentive.
    IncentiveKind = "entity::IncentiveKind" {
        /// On income tax.
        IncomeTax,
        /// On corporate tax.
        CorporateTax,
        /// A bonus for each job.
        JobBonus,
        /// A bonus for training.
        TrainingBonus,
        /// A grant.
        Grant,
        /// On social charges.
        SocialCharges,
    }

    /// What a training programme's figure counts.
    TrainingMeasure = "entity::TrainingMeasure" {
        /// Students enrolled.
        Students,
        /// Graduates in a year.
        GraduatesPerYear,
        /// Places offered.
        Places,
    }

    /// What an observation can be about, other than a whole territory.
    SubjectKind = "entity::SubjectKind" {
        /// An organisation.
        Organisation,
        /// A park.
        Park,
        /// A project.
        Project,
        /// An agreement.
        Agreement,
        /// A plan.
        Plan,
        /// A training programme.
        Programme,
    }

    /// The rule that chose the leading figure.
    HeadlineRule = "store::headline::Rule" {
        /// It is the only one.
        OnlyFigure,
        /// It is of the period asked.
        AskedPeriod,
        /// It is of the latest period.
        LatestPeriod,
        /// It is of the latest whole year; a later part of a year is given apart.
        CompleteYear,
        /// Its period is stated where others of the same producer are inferred.
        StatedPeriod,
        /// It is known who measured it.
        KnownProducer,
        /// Its kind of source is preferred.
        SourceKind,
        /// It was published last.
        LatestPublication,
        /// Nothing else tells them apart: first by source key.
        SourceKey,
    }

    /// A kind of thing that can be searched.
    ConceptKind = "entity::ConceptKind" {
        /// A unit.
        Unit,
        /// A source.
        Source,
        /// A territory.
        Territory,
        /// An activity.
        Activity,
        /// An indicator.
        Indicator,
        /// An organisation.
        Organisation,
        /// A park.
        Park,
        /// A site.
        Site,
        /// A project.
        Project,
        /// An agreement.
        Agreement,
        /// An axis of an agreement.
        AgreementAxis,
        /// A plan.
        Plan,
        /// An objective of a plan.
        PlanObjective,
        /// A membership of an organisation in a federation.
        Membership,
        /// What an organisation offers.
        Profile,
        /// A step of an axis, an objective or a project.
        Milestone,
        /// An incentive.
        Incentive,
        /// A training programme.
        TrainingProgramme,
        /// An event.
        Event,
        /// An observation.
        Observation,
        /// The coordinates of a place.
        Coordinates,
    }
}
