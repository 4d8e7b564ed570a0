# Texts of the bot in Moroccan Arabic, Latin letters.

start = Salam! Kanjaweb, b lmasdar, 3la les questions dyal l'offshoring f Fes-Meknes w f lmaghrib. Kteb chi question, matalan:
help = Kteb la question dyalk b darija, b l3arbiya, b lfransawiya wla b linglizia. Kol re9m kayji b tarikh w lmasdar dyalo; ila ma kan walo mnchor kangolha lik.
example-1 = ch7al mn centre d'appel kayn f Fes?
example-2 = ch7al lmisa7a dyal Fes Shore?
example-3 = chno homa les 3 axes dyal lmémorandum bin CRI w APEBI?
commands =
    /follow – tebe3 chi jawab: nkteb lik mli ytbeddel
    /follows – chno metebbe3
    /sources – les sources dyal akhir jawab
    /query – la requête GraphQL li kat3awed t3ti akhir jawab
    /lang – khtar lougha (fr, en, ar, ary, auto)
    /new – nsa lmo7adata
    /help – had lmosa3ada
language-ask = B achmen lougha njawbek?
language-unknown = Ma kan3refch had lougha. Khtar we7da:
language-set = Wakha, ghadi njaweb b darija.
language-auto = Wakha, ghadi njaweb b loughat la question.
automatic = Automatique
sources-title = Les sources dyal akhir jawab
sources-none = Mazal ma kayn 7ta jawab 3ndo sources. Sowel chi question houwa lowel.
query-title = La requête GraphQL dyal akhir jawab
query-variables = Variables
query-where = Khdemha hna:
query-none = Mazal ma kayna 7ta requête. Sowel chi question houwa lowel.
source = Lmasdar
sources = Les sources
undated = bla tarikh
query = La requête
chart = Rasm
forgotten = Nsit kolchi: la question jaya katbda mn lowel.
text-only = Kan9ra ghir lktaba. Kteb la question dyalk, matalan: « { $example } »
stale = Had lbouton dyal jawab 9dim. 3awed sowel la question.
unknown-command = Ma kan3refch had la commande. /help kaywrihom kamlin.
failed = Ma 9ditch njaweb had lmerra. 3awed mn b3d chwiya.
too-slow = Ljawab kayakhod bzaf d lwe9t. Jereb question sahla kter.
too-long = Had la question twila bzaf. Ktebha f jomla wla jouj.
cut = … Lba9i twil bzaf 3la Telegram.
command-sources = Les sources dyal akhir jawab
command-query = La requête GraphQL dyal akhir jawab
command-lang = Khtar loughat ljawab
command-follow = Tebe3 chi jawab: nkteb lik mli ytbeddel
command-follows = Chno metebbe3, w 7bes
command-new = Nsa lmo7adata
command-help = Mosa3ada w amtila
near-question = 7daya
location-button = 📍 Sift blasti
location-ask = Lbouton lte7t kaysift lblasa dyalek : katst3mel ghir f had ljawab w ma katb9ach.
location-used = Lblasa dyalek tst3mlat f had ljawab w ma b9atch.
location-dropped = Wakha, bla lblasa dyalek.
wrong = ⚠ Ghalat?
wrong-how = Chno lghalat? Khtar te7t ljawab.
wrong-figure = Re9m ghalet
wrong-place = Machi had lblassa
wrong-question = Machi hadchi li sowelt
wrong-date = 9dim
wrong-other = 7aja khra
noted = Chokran, t9eyed.
noted-already = Rak belleghti 3lih mn 9bel, chokran.
noted-not = Bzaf dyal les signalements daba. 3awed mn b3d.
follow-how =
    Kteb chno bghiti ttebe3, matalan: /follow { $example }
    Mn be3d chi jawab, /follow kafya.
follow-set =
    ✔ Kantebe3: { $example }
    Ghadi nkteb lik hna mli ytbeddel ljawab. /follows katwri kolchi; ma kayt7fed ghir dakchi li metebbe3.
follow-already = Hadi rak metebbe3ha: { $example }
follow-full = Rak metebbe3 { $example } dyal les réponses, w hada howa l7ed. /follows bach t7bes chi we7da.
follow-not = Ma nqder ntebe3 ghir so2al li ljawab dyalo jay mn les données. 3awed sewwel b tadqiq, w sift /follow.
follows-title = Rak metebbe3 (lbouton kay7bes):
follows-none = Ma metebbe3 walo. Matalan: /follow centres d'appel f Fes
unfollowed = T7bsat.
follow-gone = dakchi li ma b9ach f les données
follow-changed = Dakchi li metebbe3 tbeddel.
follow-was = 9bel: { $example }
follow-ended = We7d l7aja kenti metebbe3ha ma b9atch f les données; ma b9itch kantebe3ha.
forgotten-all = Tnsa kolchi: lmo7adata w dakchi li kenti metebbe3.
