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
noted = Thank you, it is noted.
noted-already = You have reported it already, thank you.
noted-not = Too many reports for now. Please try again later.
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
