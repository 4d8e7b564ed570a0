# العربية.

list-separator = ،_
figure-counted = { $amount } ({ $period }){ $place } — { $origin }.
figure-labelled = { $label }: { $amount } ({ $period }){ $place } — { $origin }.
figure-of-thing = { $subject } — { $label }: { $amount } ({ $period }){ $place } — { $origin }.
brief = { $amount } ({ $period })
claim = { $amount } — { $origin }
range = من { $low } إلى { $high }
approximate = حوالي { $amount }
at-least = ما لا يقل عن { $amount }
at-most = ما لا يزيد عن { $amount }
target = هدف { $amount }
amount-unit = { $value } { $unit }
amount-percent = { $value } %
amount-rank = الرتبة { $value }
noun-call_centres = { $n ->
    [few] مراكز اتصال
    [many] مركز اتصال
   *[other] مركز اتصال
}
noun-offshoring_companies = { $n ->
    [few] شركات أوفشورينغ
   *[other] شركة أوفشورينغ
}
noun-call_centre_jobs = منصب شغل في مراكز الاتصال
noun-offshoring_jobs = منصب شغل في الأوفشورينغ
noun-hcp_population_legal = نسمة
noun-universities = { $n ->
    [few] جامعات
   *[other] جامعة
}
undated = بدون تاريخ
inferred = { $period }، سنة مستنتجة
place-world = { "" } في العالم
place-country = { "" } في { $name }
place-region = { "" } في جهة { $name }
place-prefecture = { "" } في { $name } (عمالة)
place-province = { "" } في { $name } (إقليم)
place-commune = { "" } في { $name } (جماعة)
place-arrondissement = { "" } في { $name } (مقاطعة)
origin-produced = { $producer }، نشره { $publisher }{ $date }
origin-published = نشره { $publisher }{ $date }
date-year = { "" } سنة { $date }
date-month = { "" } في { $date }
date-day = { "" } في { $date }
stale = آخر رقم معروف: { $period }.
series = سنوات أخرى: { $list }.
conflicts = قيم أخرى منشورة للشيء نفسه: { $list }.
no-conflict = لا تُعرف قيمة أخرى للشيء نفسه والفترة نفسها.
contested = موضع خلاف حسب السجل: «{ $note }»
part-year = بعد ذلك، لجزء من السنة: { $figure }.
directory = وعلى حدة، يعرف دليلنا هناك { $sites } { $n ->
    [few] مواقع
   *[other] موقعا
} لعلاقات الزبناء و{ $operators } { $m ->
    [few] مشغلين
   *[other] مشغلا
}.
directory-offshoring = وعلى حدة، يعرف دليلنا هناك { $sites } { $n ->
    [few] مواقع
   *[other] موقعا
} للأوفشورينغ و{ $operators } { $m ->
    [few] مشغلين
   *[other] مشغلا
}.
verdict-yes = نعم.
verdict-no = لا، ليس هذا ما هو منشور.
verdict-other-source = مصدر آخر يقول ذلك.
verdict-other-period = كان ذلك رقم { $period }.
no-target = لا يوجد هدف مسجل لهذا.
targets-only = هذه أهداف أو إعلانات وليست نتائج:
no-observation = لا يُعرف رقم منشور لهذا: { $label }.
nearest = أقرب الأرقام المعروفة مقترحة أسفله.
side-missing = أحد الطرفين ليس له رقم منشور.
difference = الفرق: { $difference } لصالح { $more }.
no-difference = لا يوجد فرق.
differ-period = الفترات مختلفة: لا تقارن الأرقام مباشرة.
differ-scope = النطاقات مختلفة: الأرقام غير قابلة للمقارنة.
differ-producer = الجهات المنتجة مختلفة: لا نحسب فرقا.
trend = { $label }{ $place }، ما هو معروف:
trend-line = { $period }: { $amount } — { $origin }
grew = من { $from } إلى { $to }: ارتفاع { $change } %.
fell = من { $from } إلى { $to }: انخفاض { $change } %.
no-change-derived = الأرقام من جهات أو نطاقات مختلفة: لا نحسب تغيرا.
one-period = فترة واحدة فقط معروفة.
scope-break = نطاق آخر ابتداء من هنا: غير قابل للمقارنة
gaps = لا يوجد رقم منشور للسنوات الأخرى؛ ولا نقدر شيئا.
ranking-highest = { $label }، أعلى القيم المعروفة:
ranking-lowest = { $label }، أدنى القيم المعروفة:
ranking-known = الترتيب للقيم المنشورة فقط؛ العدد الكلي غير معروف.
chart-approximate = ≈ قيمة تقريبية
chart-at-least = ≥ على الأقل
chart-at-most = ≤ على الأكثر
chart-target = هدف أو إعلان وليس نتيجة
chart-contested = موضع خلاف حسب السجل
chart-inferred = * سنة مستنتجة لم يذكرها المصدر
chart-other-scope = { $name }، نطاق آخر
chart-left-out = لم يرسم، بلا تاريخ أو بوحدة أخرى: { $n }.
chart-first = يعرض الرسم الأوائل وعددهم { $n }؛ والجواب يذكرهم جميعا.
chart-more-sources = مصادر أخرى مذكورة في الجواب: { $n }
list-count = في دليلنا، { $what }: { $count }.
class-organisations = هيئات
class-operators = مشغلون
class-publicbodies = هيئات عمومية
class-federations = فدراليات
class-universities = جامعات ومدارس
class-traininginstitutes = معاهد تكوين
class-sites = مواقع
class-parks = حظائر
class-projects = مشاريع
class-agreements = اتفاقيات ومذكرات
class-plans = مخططات
class-incentives = تحفيزات
class-training = تكوينات
class-events = أحداث
class-territories = مجالات ترابية
class-sources = مصادر
class-activities = فروع
class-indicators = مؤشرات
status = { $name }: { $status } ({ $asof }) — { $publisher }.
as-of = إلى حدود { $date }
as-of-unknown = تاريخ الوضعية غير معروف
status-ANNOUNCED = معلن عنه
status-STUDIES = قيد الدراسة
status-AGREEMENT_SIGNED = وقعت اتفاقيته
status-APPROVED = مصادق عليه
status-TENDER = طلب عروض
status-STARTED = بدأ
status-LAUNCHED = أطلق
status-IN_PROGRESS = جار
status-UNDER_CONSTRUCTION = قيد البناء
status-FIRST_PHASE_DELIVERED = سلم شطره الأول
status-DELIVERED = سلم
organisation-COMPANY = شركة
organisation-PUBLIC_BODY = هيئة عمومية
organisation-FEDERATION = فدرالية
organisation-UNIVERSITY = جامعة أو مدرسة
organisation-TRAINING_INSTITUTE = معهد تكوين
organisation-PARK_OPERATOR = مسير حظائر
organisation-BANK = بنك أو صندوق
is-a = { $name }: { $kind }.
belongs-to = تابعة لـ { $name }.
works-in = حضور معروف: { $list }.
located-list = أماكن معروفة لـ { $name }:
opened-list = { $name }، تواريخ معروفة:
since = منذ { $date }
located = توجد { $name }{ $place }.
address-unknown = لا يوجد عنوان مسجل.
no-address = لا يوجد عنوان مسجل لـ { $name }.
no-date = لا يوجد تاريخ مسجل لـ { $name }.
no-head = من يدير { $name } غير مسجل: لا نذكر إلا وظائف عمومية بمصدر وتاريخ. المعروف هو ما هي الهيئة وأين توجد.
website = موقع { $name }: { $website }.
opened = افتتاح { $name }: { $date }.
started = انطلاق { $name }: { $date }.
park-is = { $name } حظيرة أوفشورينغ أو أنشطة{ $place }.
run-by = تسيرها { $name }.
tenants = الحاضرون حسب دليلنا: { $list }.
owned-by = حامل المشروع: { $name }.
signed = { $name }: التوقيع { $date }.
parties = الأطراف: { $list }.
no-axes = مضمونها المفصل غير مسجل.
plan-is = { $name } ({ $period }).
objectives = الأهداف (أهداف وليست نتائج):
means = { $name }: { $text }
no-definition = { $name }: لا يوجد تعريف مسجل.
part-of = جزء من: { $name }.
made-of = يشمل: { $list }.
in-language = «{ $text }» (نص بلغة { $language })
source = المصدر: { $source }.
valid-between = من { $from } إلى { $to }
valid-from = منذ { $from }
contact = هيئات لها موقع إلكتروني مسجل (لا يوجد رقم هاتف مسجل):
park-contact = { $park } تسيرها { $name }.
no-contact = لا توجد معلومات اتصال مسجلة.
freshness = أحدث الأرقام تعود إلى { $period } ({ $origin }).
sources-count = تستند القاعدة إلى { $count } مصدر.
uncovered = لم أفهم: { $words }. لا أجيب إلا إذا فُهمت كل كلمة.
no-record = لا شيء مسجل في هذا الموضوع.
future = هذا في المستقبل: لا نقدم توقعات. يمكن السؤال عن الأهداف المعلنة كأهداف.
no-reason-known = لا يوجد سبب مسجل لذلك، ولا شيء يثبت أنه وقع.
false-premise = سجلاتنا لا تثبت ما يفترضه السؤال ({ $words }).
unknown-place = لا أعرف هذا المكان: { $words }.
ask-back = ماذا تقصد بالضبط؟
ask-back-place = عدة أماكن تحمل هذا الاسم. أيها تقصد؟
out-of-domain = هذا خارج الموضوع: الأوفشورينغ والحظائر والمشاريع وإحصاء المجالات الترابية بالمغرب.
personal-data = المعطيات الشخصية غير مسجلة ولا تعطى.
hostile = ليس هذا سؤالا يمكنني الجواب عنه. اطرحه بكلمات بسيطة.
too-long = السؤال طويل جدا: اطرحه في أقل من { $limit } حرف.
no-alerts = لا توجد تنبيهات هنا بعد؛ أعد السؤال متى شئت.
no-distances = المسافات غير معروفة هنا؛ اذكر مدينة أو حظيرة.
capabilities = مرحبا. أجيب عن أسئلة الأوفشورينغ في فاس-مكناس والمغرب: أرقام بمصادرها، مشغلون، حظائر، مشاريع، اتفاقيات، تحفيزات، وإحصاء المجالات الترابية. جرب أحد هذه الأسئلة.
thanks = على الرحب والسعة.
why-figures-differ = تختلف الأرقام عندما تختلف الفترة أو المكان أو النطاق أو الجهة المنتجة. نعرضها كلها بمصادرها ولا نحسب متوسطا. اسأل عن رقم لترى قيمه الأخرى.
nothing-to-follow = لا يوجد سؤال سابق أتابعه. اطرح السؤال كاملا.
corrected = «{ $written }» قُرئت «{ $believed }».
latest = الأحدث
slot-kind = نوع السؤال
slot-indicator = المؤشر
slot-place = المكان
slot-thing = الموضوع
slot-period = الفترة
kind-count = عدد
kind-value = قيمة
kind-rank = رتبة
kind-share = حصة
kind-top = ترتيب
kind-comparison = مقارنة
kind-trend = تطور
kind-list = لائحة
kind-who = من
kind-where = أين
kind-when = متى
kind-source = مصدر
kind-definition = تعريف
kind-status = وضعية
kind-contents = مضمون
kind-contact = اتصال
kind-near = قرب
kind-verification = تحقق
kind-conflict = أرقام مختلفة
kind-alert = تنبيه
kind-meta = عن الخدمة
kind-unknown = غير مفهوم
in-country = { "" } في { $name }
in-region = { "" } في جهة { $name }
in-city = { "" } في { $name }
ask-figure = { $indicator }{ $place }؟
ask-call_centres = كم عدد مراكز الاتصال{ $place }؟
ask-call_centre_jobs = كم عدد مناصب الشغل في مراكز الاتصال{ $place }؟
ask-offshoring_jobs = كم عدد مناصب الشغل في الأوفشورينغ{ $place }؟
ask-offshoring_companies = كم عدد شركات الأوفشورينغ{ $place }؟
ask-offshoring_rank_national = ما ترتيب{ $place } في الأوفشورينغ وطنيا؟
ask-offshoring_job_share_national = ما حصة مناصب الأوفشورينغ الوطنية{ $place }؟
ask-hcp_population_legal = كم عدد السكان{ $place }؟
ask-hcp_unemployment_rate = ما معدل البطالة{ $place }؟
ask-operators = لائحة الشركات الموجودة{ $place }
ask-axes = ما هي المحاور الثلاثة للمذكرة؟
ask-who = من هي { $name }؟
ask-where = أين توجد { $name }؟
ask-status = ما وضعية مشروع { $name }؟
rank-of = الرتبة { $rank } — { $figure }
