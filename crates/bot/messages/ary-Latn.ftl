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
    /correct – gol chno li s7i7, m3a lien
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
noted = Chokran, t9eyed. Ila 3refti li s7i7: /correct
noted-already = Rak belleghti 3lih mn 9bel, chokran.
noted-not = Bzaf dyal les signalements daba. 3awed mn b3d.
command-correct = Gol chno li s7i7, m3a lien
correct-how =
    Gol chno li s7i7 w fin kayt9ra, f message wa7ed:
    /correct 42 centres d'appels à Fès en 2025 https://…
    Kteb b lfransawiya, linglizia wla l3arbiya, jomla l kol re9m: chno, fin, imta. Bla ma3loumat chakhsiya 3afak.
correct-link = Fin kayt9ra hadchi? Sift lien daba (kaybda b https:// wla http://), wla 3awed kolchi: /correct, jomla, lien. Bla masdar ma kayt9bel walo.
correct-link-bad = Had lien ma khddamch. Copier l'adresse kamla dyal la page, katbda b https:// wla http://, w 3awed sifto m3a jomla.
correct-understood = Chokran. Hadchi li fhemt:
correct-read = Chokran. Ma 3reft fih 7ta re9m, ghadi y9rah curateur kima ktebtih.
correct-known = La base katgol hadchi mn 9bel, mn nefs lmasdar.
correct-next = Daba ghadi ychofo curateur. 7ta wa7ed akhor ma kaychofo 9bel ma yt9bel; mn b3d les réponses kaytbedlo, b lmasdar dyalk.
correct-too-many = Bzaf dyal les propositions daba. 3awed mn b3d chi d9aye9.
correct-too-long = Hadchi twil bzaf. Sift ghir jomal li fihom l'ar9am, chwiya f kol merra.
correct-not = Hadchi ma t9belch:
private-only = Hadchi ghir f lmo7adata privée m3aya.
link-how = Sift /link w lcode, f had lmo7adata privée. Lcode kaytsaweb b `bab curator code` w kaykhdem merra we7da, 3echra d d9aye9.
linked = Trebet: kat9erer hna f les propositions, b les droits dyal la clé API dyalk, madam khddama. /proposals katwri chno kaytsenna, /unlink katsali.
link-wrong = Ma kayn 7ta code khddam b7al hada. Lcode kaykhdem merra we7da, 3echra d d9aye9: saweb wa7ed akhor b `bab curator code`.
link-too-many = Bzaf dyal les codes tjerrbo. 3awed mn b3d noss sa3a.
link-private = Les codes ghir l lmo7adata privée m3aya. Ymken nas khrin 9raw hada, ma b9ach khddam: saweb wa7ed akhor b `bab curator code`.
link-none = Had lcompte ma mrbotch.
unlinked = T7el rbet: ma b9a m3rof walo 3la had lcompte.
curator-not = Hadchi l les curateurs li lcompte dyalhom mrbot b clé API khddama. /link katgol kifach.
digest = Kaynin propositions jdad kaytsennawk
proposals-open = Les propositions ouvertes
proposals-none = Ma katsenna 7ta proposition.
proposals-end = Hadi hiya lekhra. /proposals katbda mn lowel.
proposal-create = Jdid
proposal-revise = Tbdil
proposal-retract = Nihaya
proposal-read = L l9raya
proposal-visible = Ghir les curateurs kaychofoh. Ila t9bel, kaychofoh kamlin f lblassa.
proposal-read-how = Ma t3ref fih 7ta re9m. 9ra lmasdar; ila kan fih chi fait 9bel b dak lmo7tawa (lte7t), wla rfed.
proposal-amend = B mo7tawa akhor:
proposal-decided = Hadchi t9errer mn 9bel. /proposals katwri chno kaytsenna.
accept = ✓ 9bel
reject = ✗ Rfed
next = Li morah →
back = ← Rje3
reason-read = T9ra f lmasdar
reason-confirmed = Akkdo li kay9isso
reason-not-said = Lmasdar ma kaygolch hadchi
reason-known = M3rof mn 9bel
reason-not-ours = Machi dyal had la base
reason-write = Sabab akhor…
reason-ask = Kteb sabab f message wa7ed, 1000 7erf 3la lakter. Kayban f l'historique public dyal lfait.
accepted = ✓ T9bel, w khddam mn daba:
rejected = ✗ Trfed:
decided-not = Ma t9errerch:
amend = 9ima wla période khra…
amend-how = Kteb l9ima, / w la période f message wa7ed: 43 / 2024. Ymken tkhelli we7da: 43, wla / 2024. Ma kayt9bel walo 9bel.
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
