# Français.

list-separator = ,_
figure-counted = { $amount } ({ $period }){ $place } — { $origin }.
figure-labelled = { $label } : { $amount } ({ $period }){ $place } — { $origin }.
figure-of-thing = { $subject } — { $label } : { $amount } ({ $period }){ $place } — { $origin }.
brief = { $amount } ({ $period })
claim = { $amount } — { $origin }
range = { $low } à { $high }
approximate = près de { $amount }
at-least = au moins { $amount }
at-most = au plus { $amount }
target = un objectif de { $amount }
amount-unit = { $value } { $unit }
amount-percent = { $value } %
amount-rank = rang { $value }
noun-call_centres = { $n ->
    [one] centre d'appels
   *[other] centres d'appels
}
noun-offshoring_companies = { $n ->
    [one] entreprise d'offshoring
   *[other] entreprises d'offshoring
}
noun-call_centre_jobs = emplois dans les centres d'appels
noun-offshoring_jobs = emplois dans l'offshoring
noun-hcp_population_legal = habitants
noun-universities = { $n ->
    [one] université
   *[other] universités
}
undated = non daté
inferred = { $period }, année déduite
place-world = { "" } dans le monde
place-country = , { $name }
place-region = , { $name } (région)
place-prefecture = { "" } à { $name } (préfecture)
place-province = { "" } à { $name } (province)
place-commune = { "" } à { $name } (commune)
place-arrondissement = { "" } à { $name } (arrondissement)
origin-produced = { $producer }, publié par { $publisher }{ $date }
origin-published = publié par { $publisher }{ $date }
date-year = { "" } en { $date }
date-month = { "" } en { $date }
date-day = { "" } le { $date }
stale = Dernier chiffre connu : { $period }.
series = Autres années : { $list }.
conflicts = Autres valeurs publiées pour la même chose : { $list }.
no-conflict = Aucune autre valeur n'est connue pour la même chose et la même période.
contested = Contesté, dit la fiche : « { $note } »
part-year = Depuis, pour une partie d'année : { $figure }.
directory = À part cela, notre annuaire connaît { $sites } { $n ->
    [one] site
   *[other] sites
} de relation client de { $operators } { $m ->
    [one] opérateur
   *[other] opérateurs
} sur place.
directory-offshoring = À part cela, notre annuaire connaît { $sites } { $n ->
    [one] site
   *[other] sites
} d'offshoring de { $operators } { $m ->
    [one] opérateur
   *[other] opérateurs
} sur place.
verdict-yes = Oui.
verdict-no = Non, ce n'est pas ce qui est publié.
verdict-other-source = Une autre source le dit.
verdict-other-period = C'était le chiffre de { $period }.
no-target = Aucun objectif n'est enregistré pour cela.
targets-only = Ce sont des objectifs ou des annonces, pas des résultats :
no-observation = Aucun chiffre publié n'est connu pour cela : { $label }.
nearest = Les chiffres connus les plus proches sont proposés ci-dessous.
side-missing = L'un des deux côtés n'a pas de chiffre publié.
difference = Écart : { $difference } de plus pour { $more }.
no-difference = Il n'y a pas d'écart.
differ-period = Les périodes diffèrent : les chiffres ne se comparent pas directement.
differ-scope = Les périmètres diffèrent : les chiffres ne sont pas comparables.
differ-producer = Les producteurs diffèrent : aucun écart n'est calculé.
trend = { $label }{ $place }, ce qui est connu :
trend-line = { $period } : { $amount } — { $origin }
grew = De { $from } à { $to } : +{ $change } %.
fell = De { $from } à { $to } : −{ $change } %.
no-change-derived = Les chiffres viennent de producteurs ou de périmètres différents : aucune variation n'est calculée.
one-period = Une seule période est connue.
scope-break = autre périmètre à partir d’ici : non comparable
gaps = Les autres années n'ont pas de chiffre publié ; rien n'est interpolé.
ranking-highest = { $label }, valeurs connues les plus élevées :
ranking-lowest = { $label }, valeurs connues les plus basses :
ranking-known = Seules les valeurs publiées sont classées ; le total est inconnu.
list-count = Dans notre annuaire, { $what } : { $count }.
class-organisations = organisations
class-operators = opérateurs
class-publicbodies = organismes publics
class-federations = fédérations
class-universities = universités et écoles
class-traininginstitutes = instituts de formation
class-sites = sites
class-parks = parcs
class-projects = projets
class-agreements = conventions et mémorandums
class-plans = plans
class-incentives = aides
class-training = formations
class-events = événements
class-territories = territoires
class-sources = sources
class-activities = filières
class-indicators = indicateurs
status = { $name } : { $status } ({ $asof }) — { $publisher }.
as-of = état de { $date }
as-of-unknown = date de l'état inconnue
status-ANNOUNCED = annoncé
status-STUDIES = à l'étude
status-AGREEMENT_SIGNED = convention signée
status-APPROVED = approuvé
status-TENDER = appel d'offres
status-STARTED = commencé
status-LAUNCHED = lancé
status-IN_PROGRESS = en cours
status-UNDER_CONSTRUCTION = en construction
status-FIRST_PHASE_DELIVERED = première phase livrée
status-DELIVERED = livré
organisation-COMPANY = entreprise
organisation-PUBLIC_BODY = organisme public
organisation-FEDERATION = fédération
organisation-UNIVERSITY = université ou école
organisation-TRAINING_INSTITUTE = institut de formation
organisation-PARK_OPERATOR = gestionnaire de parcs
organisation-BANK = banque ou fonds
is-a = { $name } : { $kind }.
belongs-to = Appartient à { $name }.
works-in = Présence connue : { $list }.
located-list = Présence connue de { $name } :
opened-list = { $name }, dates connues :
since = depuis { $date }
located = { $name } se trouve{ $place }.
address-unknown = Aucune adresse n'est enregistrée.
no-address = Aucune adresse n'est enregistrée pour { $name }.
no-date = Aucune date n'est enregistrée pour { $name }.
no-head = La personne qui dirige { $name } n'est pas enregistrée : seules des fonctions publiques avec source et date le seraient. Ce qu'est l'organisme et où il est présent est connu.
website = Site web de { $name } : { $website }.
opened = Ouverture de { $name } : { $date }.
started = Début de { $name } : { $date }.
park-is = { $name } est un parc d'offshoring ou d'activité{ $place }.
run-by = Gestionnaire : { $name }.
tenants = Présents selon notre annuaire : { $list }.
owned-by = Porteur : { $name }.
signed = { $name } : signature { $date }.
partners = Partenaires : { $list }.
parties = Parties : { $list }.
no-axes = Son contenu détaillé n'est pas enregistré.
plan-is = { $name } ({ $period }).
objectives = Objectifs (visés, pas des résultats) :
means = { $name } : { $text }
no-definition = { $name } : aucune définition n'est enregistrée.
part-of = Fait partie de : { $name }.
made-of = Comprend : { $list }.
in-language = « { $text } » (texte en { $language })
source = Source : { $source }.
valid-between = du { $from } au { $to }
valid-from = depuis { $from }
contact = Organismes dont un site web est enregistré (aucun numéro de téléphone ne l'est) :
park-contact = { $park } est géré par { $name }.
no-contact = Aucune coordonnée n'est enregistrée.
freshness = Les chiffres les plus récents sont de { $period } ({ $origin }).
sources-count = La base cite { $count } sources.
uncovered = Je n'ai pas compris : { $words }. Je ne réponds que si chaque mot est compris.
no-record = Rien n'est enregistré à ce sujet.
future = Cela se situe dans l'avenir : aucune prévision n'est faite. Les objectifs annoncés peuvent être demandés comme tels.
no-reason-known = Aucune raison n'est enregistrée pour cela, et rien ne montre que cela a eu lieu.
false-premise = Nos fiches ne montrent pas ce que la question tient pour acquis ({ $words }).
unknown-place = Je ne connais pas ce lieu : { $words }.
ask-back = Que voulez-vous dire exactement ?
ask-back-place = Plusieurs lieux portent ce nom. Lequel ?
out-of-domain = Cela sort du sujet : offshoring, parcs, projets et recensement des territoires du Maroc.
personal-data = Les données personnelles ne sont ni enregistrées ni données.
hostile = Ce n'est pas une question à laquelle je peux répondre. Posez-la en mots simples.
too-long = La question est trop longue : posez-la en moins de { $limit } caractères.
no-alerts = Les alertes n'existent pas encore ici ; redemandez quand vous voulez.
no-distances = Les distances ne sont pas connues ici ; nommez plutôt une ville ou un parc.
capabilities = Bonjour. Je réponds aux questions sur l'offshoring à Fès-Meknès et au Maroc : chiffres avec leur source, opérateurs, parcs, projets, conventions, aides, et recensement des territoires. Essayez l'une de ces questions.
thanks = Avec plaisir.
why-figures-differ = Des chiffres diffèrent quand la période, le lieu, le périmètre ou le producteur n'est pas le même. Ils sont tous montrés avec leur source, jamais moyennés. Posez la question d'un chiffre pour voir ses autres valeurs.
nothing-to-follow = Je n'ai pas de question précédente à poursuivre. Posez la question entière.
corrected = « { $written } » lu « { $believed } ».
latest = dernier connu
slot-kind = type de question
slot-indicator = grandeur
slot-place = lieu
slot-thing = sujet
slot-period = période
kind-count = nombre
kind-value = valeur
kind-rank = rang
kind-share = part
kind-top = classement
kind-comparison = comparaison
kind-trend = évolution
kind-list = liste
kind-who = qui
kind-where = où
kind-when = quand
kind-source = source
kind-definition = définition
kind-status = état
kind-contents = contenu
kind-contact = contact
kind-near = à proximité
kind-verification = vérification
kind-conflict = chiffres différents
kind-alert = alerte
kind-meta = à propos du service
kind-unknown = non compris
in-country = , { $name }
in-region = { "" } dans la région { $name }
in-city = { "" } à { $name }
ask-figure = { $indicator }{ $place } ?
ask-call_centres = Combien de centres d'appels{ $place } ?
ask-call_centre_jobs = Combien d'emplois dans les centres d'appels{ $place } ?
ask-offshoring_jobs = Combien d'emplois dans l'offshoring{ $place } ?
ask-offshoring_companies = Combien d'entreprises d'offshoring{ $place } ?
ask-offshoring_rank_national = Quel est le rang dans l'offshoring{ $place } ?
ask-offshoring_job_share_national = Quelle part des emplois nationaux de l'offshoring{ $place } ?
ask-hcp_population_legal = Quelle est la population{ $place } ?
ask-hcp_unemployment_rate = Quel est le taux de chômage{ $place } ?
ask-operators = Liste des opérateurs{ $place }
ask-axes = Quels sont les trois axes du mémorandum ?
ask-who = Qui est { $name } ?
ask-where = Où se trouve { $name } ?
ask-status = Où en est { $name } ?
rank-of = Rang { $rank } — { $figure }
