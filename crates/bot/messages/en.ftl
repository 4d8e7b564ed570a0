# The bot's own texts, in English. Answers come from the database.

start = Hello! I answer questions about offshoring in Fès-Meknès and in Morocco, with the source. Write a question, for example:
help = Write a question in French, English, Arabic or Darija. Every figure comes with its date and source; when nothing is published, I say so.
example-1 = How many call centres are there in Fès?
example-2 = How big is Fès Shore?
example-3 = What are the three axes of the CRI–APEBI memorandum?
commands =
    /follow – follow an answer: I write when it changes
    /follows – what you follow
    /sources – the sources of the last answer
    /query – the GraphQL query that gives the last answer again
    /correct – say what is right, with a link
    /lang – choose the language (fr, en, ar, ary, auto)
    /new – forget the conversation
    /help – this help
language-ask = Which language shall I answer in?
language-unknown = I do not know that language. Choose one:
language-set = Noted: I answer in English.
language-auto = Noted: I answer in the language of the question.
automatic = Automatic
sources-title = Sources of the last answer
sources-none = There is no answer with sources yet. Ask a question first.
query-title = GraphQL query of the last answer
query-variables = Variables
query-where = Run it here:
query-none = There is no query yet. Ask a question first.
source = Source
sources = Sources
undated = undated
query = Query
chart = Chart
forgotten = Forgotten: the next question starts afresh.
text-only = I read text only. Write your question, for example: “{ $example }”
stale = This button belongs to an earlier answer. Please ask the question again.
unknown-command = I do not know that command. /help shows them all.
failed = I could not answer this time. Please try again in a moment.
too-slow = The answer takes too long. Please try a simpler question.
too-long = That question is too long. Write it in one or two sentences.
cut = … The rest is too long for Telegram.
command-sources = The sources of the last answer
command-query = The GraphQL query of the last answer
command-lang = Choose the language of the answers
command-follow = Follow an answer: I write when it changes
command-follows = What you follow, and stop
command-new = Forget the conversation
command-help = Help and examples
near-question = near me
location-button = 📍 Send my position
location-ask = The button below sends where you are: it is used for this one answer and not kept.
location-used = Your position was used for this answer and is not kept.
location-dropped = All right, without your position.
wrong = ⚠ Wrong?
wrong-how = What is wrong? Choose under the answer.
wrong-figure = Wrong figure
wrong-place = Wrong place
wrong-question = Not what I asked
wrong-date = Out of date
wrong-other = Something else
noted = Thank you, it is noted. If you know what is right: /correct
noted-already = You have reported it already, thank you.
noted-not = Too many reports for now. Please try again later.
command-correct = Say what is right, with a link
correct-how =
    Say what is right and where it can be read, in one message:
    /correct 42 call centres in Fès in 2025 https://…
    Write it in French, English or Arabic, one sentence for each figure: what, where, when. No personal data, please.
correct-link = Where can it be read? Send the link now (it begins with https:// or http://), or everything again: /correct, the sentence, the link. Without a source nothing is taken.
correct-link-bad = That link cannot be used. Copy the whole address of the page, beginning with https:// or http://, and send it again with the sentence.
correct-understood = Thank you. This is what I understood:
correct-read = Thank you. I recognised no figure in it, so a curator reads it as you wrote it.
correct-known = The database says this already, from the same source.
correct-next = A curator looks at it now. Nobody else sees it before it is accepted; then the answers change, with your source.
correct-too-many = Too many proposals for now. Please try again in some minutes.
correct-too-long = That is too long. Send only the sentences that state the figures, a few at a time.
correct-not = This was not taken:
private-only = That is for the private chat with me only.
link-how = Send /link and the code, in this private chat. A code is made with `bab curator code` and is good once, for ten minutes.
linked = Linked: you decide on proposals here, with the rights of your API key, for as long as that is good. /proposals shows what waits, /unlink ends it.
link-wrong = No such code is good. A code is good once and for ten minutes: make another with `bab curator code`.
link-too-many = Too many codes were tried. Please try again in half an hour.
link-private = Codes are for the private chat with me. Others may have read this one, so it is good no longer: make another with `bab curator code`.
link-none = This account is not linked.
unlinked = Unlinked: nothing is known of this account any more.
curator-not = That is for curators whose account is linked to an API key that is good. /link says how.
digest = New proposals wait for you
proposals-open = Open proposals
proposals-none = No proposal waits.
proposals-end = That was the last one. /proposals begins anew.
proposal-create = New
proposal-revise = Change
proposal-retract = End
proposal-read = To be read
proposal-visible = Curators alone see it. Accepted, everybody sees it at once.
proposal-read-how = No figure was recognised in it. Read the source; if it states a fact, accept it with that fact (below), else reject it.
proposal-amend = With other content:
proposal-decided = This was decided already. /proposals shows what waits.
accept = ✓ Accept
reject = ✗ Reject
next = Next →
back = ← Back
reason-read = Read in the source
reason-confirmed = Confirmed by who measures it
reason-not-said = The source does not say so
reason-known = Known already
reason-not-ours = Not a fact for this database
reason-write = Another reason…
reason-ask = Write the reason in one message, at most 1,000 characters. It stands in the public history of the fact.
accepted = ✓ Accepted, and in force now:
rejected = ✗ Rejected:
decided-not = Not decided:
amend = Other value or period…
amend-how = Write the value, a slash and the period, in one message: 43 / 2024. One may be left out: 43, or / 2024. Nothing is accepted before.
follow-how =
    Write what you want to follow, for example: /follow { $example }
    After an answer, /follow is enough.
follow-set =
    ✔ I follow: { $example }
    I write here when the answer changes. /follows shows everything; nothing but what is followed is kept.
follow-already = You follow this already: { $example }
follow-full = You follow { $example } answers already, which is the most. /follows lets you stop one.
follow-not = I can only follow a question whose answer comes from the data. Ask it more precisely, then send /follow.
follows-title = You follow (a button stops it):
follows-none = You follow nothing. Example: /follow call centres in Fès
unfollowed = Stopped.
follow-gone = what is no longer in the data
follow-changed = What you follow has changed.
follow-was = Before: { $example }
follow-ended = Something you followed is no longer in the data; I do not follow it any more.
forgotten-all = Everything is forgotten: the conversation and what you followed.
