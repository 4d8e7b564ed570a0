# English.

list-separator = ,_
figure-counted = { $amount } ({ $period }){ $place } — { $origin }.
figure-labelled = { $label }: { $amount } ({ $period }){ $place } — { $origin }.
figure-of-thing = { $subject } — { $label }: { $amount } ({ $period }){ $place } — { $origin }.
brief = { $amount } ({ $period })
claim = { $amount } — { $origin }
range = { $low } to { $high }
approximate = about { $amount }
at-least = at least { $amount }
at-most = at most { $amount }
target = a target of { $amount }
amount-unit = { $value } { $unit }
amount-percent = { $value }%
amount-rank = rank { $value }
noun-call_centres = { $n ->
    [one] call centre
   *[other] call centres
}
noun-offshoring_companies = { $n ->
    [one] offshoring company
   *[other] offshoring companies
}
noun-call_centre_jobs = jobs in call centres
noun-offshoring_jobs = jobs in offshoring
noun-hcp_population_legal = inhabitants
noun-universities = { $n ->
    [one] university
   *[other] universities
}
undated = undated
inferred = { $period }, year inferred
place-world = { "" } worldwide
place-country = { "" } in { $name }
place-region = { "" } in { $name } (region)
place-prefecture = { "" } in { $name } (prefecture)
place-province = { "" } in { $name } (province)
place-commune = { "" } in { $name } (commune)
place-arrondissement = { "" } in { $name } (arrondissement)
origin-produced = { $producer }, published by { $publisher }{ $date }
origin-published = published by { $publisher }{ $date }
date-year = { "" } in { $date }
date-month = { "" } in { $date }
date-day = { "" } on { $date }
stale = Latest known: { $period }.
series = Other years: { $list }.
conflicts = Other published values for the same thing: { $list }.
no-conflict = We know of no other value for the same thing and period.
contested = Contested, says the record: “{ $note }”
part-year = Since then, for part of a year: { $figure }.
directory = Apart from that, our directory knows { $sites } customer-relation { $n ->
    [one] site
   *[other] sites
} of { $operators } { $m ->
    [one] operator
   *[other] operators
} there.
directory-offshoring = Apart from that, our directory knows { $sites } offshoring { $n ->
    [one] site
   *[other] sites
} of { $operators } { $m ->
    [one] operator
   *[other] operators
} there.
verdict-yes = Yes.
verdict-no = No, that is not what is published.
verdict-other-source = Another source says so.
verdict-other-period = That was the figure of { $period }.
no-target = No target is recorded for this.
targets-only = These are targets or announcements, not results:
no-observation = No published figure is known for this: { $label }.
nearest = The nearest known figures are suggested below.
side-missing = One of the sides has no published figure.
difference = Difference: { $difference } more for { $more }.
no-difference = There is no difference.
differ-period = The periods differ: the figures cannot be compared directly.
differ-scope = The scopes differ: the figures are not comparable.
differ-producer = The producers differ: we do not compute a difference.
trend = { $label }{ $place }, what is known:
trend-line = { $period }: { $amount } — { $origin }
grew = From { $from } to { $to }: +{ $change }%.
fell = From { $from } to { $to }: −{ $change }%.
no-change-derived = The figures come from different producers or scopes: we do not compute a change.
one-period = Only one period is known.
scope-break = another scope from here on: not comparable
gaps = The other years have no published figure; nothing is interpolated.
ranking-highest = { $label }, highest known values:
ranking-lowest = { $label }, lowest known values:
ranking-known = Only the values that are published are ranked; the total is unknown.
list-count = In our directory, { $what }: { $count }.
class-organisations = organisations
class-operators = operators
class-publicbodies = public bodies
class-federations = federations
class-universities = universities and schools
class-traininginstitutes = training institutes
class-sites = sites
class-parks = parks
class-projects = projects
class-agreements = agreements
class-plans = plans
class-incentives = incentives
class-training = training programmes
class-events = events
class-territories = territories
class-sources = sources
class-activities = activities
class-indicators = indicators
status = { $name }: { $status } ({ $asof }) — { $publisher }.
as-of = as of { $date }
as-of-unknown = date of the status unknown
status-ANNOUNCED = announced
status-STUDIES = under study
status-AGREEMENT_SIGNED = agreement signed
status-APPROVED = approved
status-TENDER = call for tenders
status-STARTED = started
status-LAUNCHED = launched
status-IN_PROGRESS = in progress
status-UNDER_CONSTRUCTION = under construction
status-FIRST_PHASE_DELIVERED = first phase delivered
status-DELIVERED = delivered
organisation-COMPANY = company
organisation-PUBLIC_BODY = public body
organisation-FEDERATION = federation
organisation-UNIVERSITY = university or school
organisation-TRAINING_INSTITUTE = training institute
organisation-PARK_OPERATOR = park operator
organisation-BANK = bank or fund
is-a = { $name }: { $kind }.
belongs-to = Part of { $name }.
works-in = Known at: { $list }.
located-list = { $name } is known at:
opened-list = { $name }, known dates:
since = since { $date }
located = { $name } is{ $place }.
address-unknown = No street address is stored.
no-address = No address is stored for { $name }.
no-date = No date is stored for { $name }.
no-head = Who heads { $name } is not stored: we only publish people in public functions with a source and a date. What the organisation is and where it works is known.
website = Website of { $name }: { $website }.
opened = { $name } opened: { $date }.
started = { $name } started: { $date }.
park-is = { $name } is an offshoring or industrial park{ $place }.
run-by = Run by { $name }.
tenants = Known there: { $list }.
owned-by = Owner: { $name }.
signed = { $name }: signed { $date }.
partners = Partners: { $list }.
parties = Parties: { $list }.
no-axes = Its detailed contents are not stored.
plan-is = { $name } ({ $period }).
objectives = Objectives (targets, not results):
means = { $name }: { $text }
no-definition = { $name }: no definition is stored.
part-of = Part of: { $name }.
made-of = Covers: { $list }.
in-language = “{ $text }” (text in { $language })
source = Source: { $source }.
valid-between = from { $from } to { $to }
valid-from = since { $from }
contact = Bodies with a stored website (no telephone number is stored):
park-contact = { $park } is run by { $name }.
no-contact = No contact details are stored.
freshness = The latest figures are of { $period } ({ $origin }).
sources-count = The database cites { $count } sources.
uncovered = I did not understand: { $words }. I only answer when every word is understood.
no-record = Nothing is recorded about that.
future = That lies in the future: no forecast is made. Announced targets can be asked for as such.
no-reason-known = No reason is recorded for that, and nothing shows that it happened.
false-premise = Our records do not show what the question takes for granted ({ $words }).
unknown-place = I do not know this place: { $words }.
ask-back = Which one do you mean?
ask-back-place = Several places have this name. Which one do you mean?
out-of-domain = That is outside the subject: offshoring, parks, projects and the census of Moroccan territories.
personal-data = Personal details are not stored and not given.
hostile = This is not a question I can answer. Please ask in plain words.
too-long = The question is too long: please ask it in fewer than { $limit } characters.
no-alerts = Alerts do not exist here yet; ask again whenever you like.
no-distances = Distances are not known here; name a city or a park instead.
capabilities = Hello. I answer questions about offshoring in Fès-Meknès and Morocco: figures with their source, operators, parks, projects, agreements, incentives, and the census of the territories. Try one of these questions.
thanks = You are welcome.
why-figures-differ = Figures differ when they have another period, place, scope or producer. They are all shown with their source and never averaged. Ask about one figure to see its other values.
nothing-to-follow = I have no previous question to go on from. Please ask the whole question.
corrected = “{ $written }” read as “{ $believed }”.
latest = latest
slot-kind = kind of question
slot-indicator = quantity
slot-place = place
slot-thing = subject
slot-period = period
kind-count = count
kind-value = value
kind-rank = rank
kind-share = share
kind-top = ranking
kind-comparison = comparison
kind-trend = trend
kind-list = list
kind-who = who
kind-where = where
kind-when = when
kind-source = source
kind-definition = definition
kind-status = status
kind-contents = contents
kind-contact = contact
kind-near = nearby
kind-verification = verification
kind-conflict = differing figures
kind-alert = alert
kind-meta = about this service
kind-unknown = not understood
in-country = { "" } in { $name }
in-region = { "" } in { $name }
in-city = { "" } in { $name }
ask-figure = { $indicator }{ $place }?
ask-call_centres = How many call centres{ $place }?
ask-call_centre_jobs = How many jobs in call centres{ $place }?
ask-offshoring_jobs = How many offshoring jobs{ $place }?
ask-offshoring_companies = How many offshoring companies{ $place }?
ask-offshoring_rank_national = What is the rank in offshoring{ $place }?
ask-offshoring_job_share_national = What is the share of national offshoring jobs{ $place }?
ask-hcp_population_legal = What is the population{ $place }?
ask-hcp_unemployment_rate = What is the unemployment rate{ $place }?
ask-operators = List the operators{ $place }
ask-axes = What are the three axes of the memorandum?
ask-who = Who is { $name }?
ask-where = Where is { $name }?
ask-status = What is the status of { $name }?
rank-of = Rank { $rank } — { $figure }
