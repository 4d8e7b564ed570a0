# Textes du robot lui-même, en français. Les réponses viennent de la base.

start = Bonjour ! Je réponds, avec la source, aux questions sur l'offshoring à Fès-Meknès et au Maroc. Écrivez une question, par exemple :
help = Écrivez une question en français, en anglais, en arabe ou en darija. Chaque chiffre vient avec sa date et sa source ; quand rien n'est publié, je le dis.
example-1 = Combien de centres d'appels à Fès ?
example-2 = Quelle est la superficie du parc Fès Shore ?
example-3 = Quels sont les trois axes du mémorandum CRI–APEBI ?
commands =
    /follow – suivre une réponse : je vous écris quand elle change
    /follows – ce que vous suivez
    /sources – les sources de la dernière réponse
    /query – la requête GraphQL qui redonne la dernière réponse
    /correct – dire ce qui est juste, avec un lien
    /lang – choisir la langue (fr, en, ar, ary, auto)
    /new – oublier la conversation
    /help – cette aide
language-ask = Dans quelle langue dois-je répondre ?
language-unknown = Je ne connais pas cette langue. Choisissez :
language-set = C'est noté : je réponds en français.
language-auto = C'est noté : je réponds dans la langue de la question.
automatic = Automatique
sources-title = Sources de la dernière réponse
sources-none = Il n'y a pas encore de réponse avec des sources. Posez d'abord une question.
query-title = Requête GraphQL de la dernière réponse
query-variables = Variables
query-where = À exécuter ici :
query-none = Il n'y a pas encore de requête. Posez d'abord une question.
source = Source
sources = Sources
undated = sans date
query = Requête
chart = Graphique
forgotten = C'est oublié : la prochaine question part de zéro.
text-only = Je ne lis que le texte. Écrivez votre question, par exemple : « { $example } »
stale = Ce bouton appartient à une réponse plus ancienne. Posez la question à nouveau.
unknown-command = Je ne connais pas cette commande. /help les montre toutes.
failed = Je n'ai pas pu répondre cette fois-ci. Réessayez dans un instant.
too-slow = La réponse prend trop de temps. Réessayez avec une question plus simple.
too-long = Cette question est trop longue. Écrivez-la en une ou deux phrases.
cut = … La suite est trop longue pour Telegram.
command-sources = Les sources de la dernière réponse
command-query = La requête GraphQL de la dernière réponse
command-lang = Choisir la langue des réponses
command-follow = Suivre une réponse : je vous écris quand elle change
command-follows = Ce que vous suivez, et arrêter
command-new = Oublier la conversation
command-help = Aide et exemples
near-question = près de moi
location-button = 📍 Envoyer ma position
location-ask = Le bouton ci-dessous envoie votre position : elle sert à cette seule réponse et n'est pas gardée.
location-used = Votre position a servi à cette réponse et n'est pas gardée.
location-dropped = D'accord, sans votre position.
wrong = ⚠ Une erreur ?
wrong-how = Qu'est-ce qui ne va pas ? Choisissez sous la réponse.
wrong-figure = Chiffre faux
wrong-place = Pas le bon lieu
wrong-question = Pas ma question
wrong-date = Dépassé
wrong-other = Autre chose
noted = Merci, c'est noté. Si vous savez ce qui est juste : /correct
noted-already = Vous l'avez déjà signalé, merci.
noted-not = Trop de signalements pour l'instant. Réessayez plus tard.
command-correct = Dire ce qui est juste, avec un lien
correct-how =
    Dites ce qui est juste et où cela se lit, en un seul message :
    /correct 42 centres d'appels à Fès en 2025 https://…
    Écrivez en français, en anglais ou en arabe, une phrase par chiffre : quoi, où, quand. Pas de données personnelles, s'il vous plaît.
correct-link = Où cela se lit-il ? Envoyez maintenant le lien (il commence par https:// ou http://), ou tout à nouveau : /correct, la phrase, le lien. Sans source, rien n'est pris.
correct-link-bad = Ce lien ne peut pas servir. Copiez l'adresse entière de la page, qui commence par https:// ou http://, et renvoyez-la avec la phrase.
correct-understood = Merci. Voici ce que j'ai compris :
correct-read = Merci. Je n'y ai reconnu aucun chiffre : un curateur le lira tel que vous l'avez écrit.
correct-known = La base le dit déjà, d'après la même source.
correct-next = Un curateur le regarde maintenant. Personne d'autre ne le voit avant qu'il soit accepté ; ensuite les réponses changent, avec votre source.
correct-too-many = Trop de propositions pour l'instant. Réessayez dans quelques minutes.
correct-too-long = C'est trop long. Envoyez seulement les phrases qui donnent les chiffres, quelques-unes à la fois.
correct-not = Ceci n'a pas été pris :
private-only = Cela se passe seulement dans la conversation privée avec moi.
link-how = Envoyez /link et le code, dans cette conversation privée. Un code se fait avec `bab curator code` et vaut une fois, pendant dix minutes.
linked = C'est lié : vous décidez ici des propositions, avec les droits de votre clé d'API, tant qu'elle est valable. /proposals montre ce qui attend, /unlink y met fin.
link-wrong = Aucun code de ce genre n'est valable. Un code vaut une fois et pendant dix minutes : faites-en un autre avec `bab curator code`.
link-too-many = Trop de codes ont été essayés. Réessayez dans une demi-heure.
link-private = Les codes sont pour la conversation privée avec moi. D'autres ont pu lire celui-ci, il ne vaut donc plus : faites-en un autre avec `bab curator code`.
link-none = Ce compte n'est pas lié.
unlinked = C'est délié : plus rien n'est connu de ce compte.
curator-not = C'est pour les curateurs dont le compte est lié à une clé d'API valable. /link dit comment.
digest = De nouvelles propositions vous attendent
proposals-open = Propositions ouvertes
proposals-none = Aucune proposition n'attend.
proposals-end = C'était la dernière. /proposals recommence au début.
proposal-create = Nouveau
proposal-revise = Changement
proposal-retract = Fin
proposal-read = À lire
proposal-visible = Seuls les curateurs le voient. Accepté, tout le monde le voit aussitôt.
proposal-read-how = Aucun chiffre n'y a été reconnu. Lisez la source ; si elle énonce un fait, acceptez avec ce fait (ci-dessous), sinon rejetez.
proposal-amend = Avec un autre contenu :
proposal-decided = C'est déjà décidé. /proposals montre ce qui attend.
accept = ✓ Accepter
reject = ✗ Rejeter
next = Suivante →
back = ← Retour
reason-read = Lu dans la source
reason-confirmed = Confirmé par qui le mesure
reason-not-said = La source ne le dit pas
reason-known = Déjà connu
reason-not-ours = Pas un fait pour cette base
reason-write = Une autre raison…
reason-ask = Écrivez la raison en un message, 1 000 caractères au plus. Elle figure dans l'historique public du fait.
accepted = ✓ Accepté, en vigueur dès maintenant :
rejected = ✗ Rejeté :
decided-not = Pas décidé :
amend = Autre valeur ou période…
amend-how = Écrivez la valeur, une barre et la période, en un message : 43 / 2024. L'une peut manquer : 43, ou / 2024. Rien n'est accepté avant.
follow-how =
    Écrivez ce que vous voulez suivre, par exemple : /follow { $example }
    Après une réponse, /follow suffit.
follow-set =
    ✔ Je suis : { $example }
    Je vous écris ici quand la réponse change. /follows montre tout ; rien d'autre que ce qui est suivi n'est gardé.
follow-already = Vous suivez déjà : { $example }
follow-full = Vous suivez déjà { $example } réponses, c'est le maximum. /follows pour en arrêter une.
follow-not = Je ne peux suivre qu'une question dont la réponse vient des données. Posez-la plus précisément, puis envoyez /follow.
follows-title = Vous suivez (un bouton arrête) :
follows-none = Vous ne suivez rien. Exemple : /follow centres d'appels à Fès
unfollowed = C'est arrêté.
follow-gone = ce qui n'est plus dans les données
follow-changed = Ce que vous suivez a changé.
follow-was = Avant : { $example }
follow-ended = Une chose que vous suiviez n'est plus dans les données ; je ne la suis plus.
forgotten-all = Tout est oublié : la conversation et ce que vous suiviez.
