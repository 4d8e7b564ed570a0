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
noted = Merci, c'est noté.
noted-already = Vous l'avez déjà signalé, merci.
noted-not = Trop de signalements pour l'instant. Réessayez plus tard.
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
