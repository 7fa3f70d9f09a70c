# أسماء الأشياء كما يراها المتسوق والموظف.
# الأعداد: $count و$available و$quantity. النصوص الجاهزة: $was و$now و$amount و$carrier و$tracking.
# عند العدّ تُكتب PLURAL($n) وصيغها الست كلها.

## حالات الطلب

order-state-awaiting-payment = بانتظار الدفع
order-state-placed = تم استلام الطلب
order-state-confirmed = تم تأكيد الطلب
order-state-allocated = قيد التجهيز
order-state-partly-shipped = شُحن جزء منه
order-state-shipped = تم الشحن
order-state-delivered = تم التوصيل
order-state-refused = رفض العميل الاستلام
order-state-cancelled = ملغى
order-state-refunded = تم استرداد المبلغ

## ما يُفعل بالطلب

order-action-pay = الدفع
order-action-confirm = تأكيد الطلب
order-action-allocate = حجز المنتجات
order-action-ship = الشحن
order-action-ship-part = شحن جزء من الطلب
order-action-deliver = التوصيل
order-action-refuse = رفض الاستلام
order-action-cancel = إلغاء الطلب
order-action-cancel-part = إلغاء جزء من الطلب
order-action-cancel-rest = إلغاء ما لم يُشحن
order-action-edit = تعديل الطلب
order-action-exchange = استبدال المنتجات
order-action-expire = إنهاء مهلة الدفع
order-action-refund = استرداد المبلغ
order-action-refund-part = استرداد جزء من المبلغ

## سجل الطلب

timeline-placed = تم استلام الطلب
timeline-paid = تم الدفع
timeline-confirmed = تم تأكيد الطلب
timeline-allocated = بدأ تجهيز الطلب
timeline-shipped = تم شحن الطلب مع { $carrier }، ورقم التتبع { $tracking }
timeline-delivered = تم توصيل الطلب
timeline-refused = رفض العميل استلام الطلب
timeline-shipment-delivered = تم توصيل شحنة
timeline-delivery-failed = تعذّر التوصيل: { $reason }
timeline-shipment-refused = رفض العميل استلام شحنة
timeline-shipment-returned = عادت شحنة إلى المتجر
timeline-cancelled = تم إلغاء الطلب
timeline-lines-cancelled = أُلغي جزء من الطلب بقيمة { $amount }
timeline-edited = عُدّل الطلب
timeline-exchanged = استُبدلت المنتجات المرتجعة
timeline-expired = انتهت مهلة الدفع وأُلغي الطلب
timeline-held = الطلب معلّق للمراجعة
timeline-hold-released = انتهت مراجعة الطلب
timeline-refunded = تم استرداد كامل المبلغ
timeline-refunded-part = تم استرداد { $amount }
timeline-return-requested = طُلب إرجاع منتجات
timeline-return-approved = تمت الموافقة على الإرجاع
timeline-return-rejected = رُفض طلب الإرجاع
timeline-return-received = وصلت المنتجات المرتجعة
timeline-return-inspected = تم فحص المنتجات المرتجعة
timeline-payment-authorised = تمت الموافقة على الدفع
timeline-payment-declined = رُفضت عملية الدفع
timeline-payment-captured = تم تحصيل المبلغ
timeline-payment-voided = أُلغيت عملية الدفع دون خصم المبلغ

## الشحنات

shipment-state-in-transit = في الطريق
shipment-state-delivered = تم توصيلها
shipment-state-refused = مرفوضة وفي طريق العودة
shipment-state-returned = عادت إلى المتجر

delivery-fail-not-home = لم يكن أحد في العنوان
delivery-fail-wrong-address = العنوان غير صحيح
delivery-fail-unreachable = تعذّر التواصل مع العميل
delivery-fail-other = سبب آخر

## الإرجاع

return-state-requested = بانتظار الموافقة
return-state-approved = تمت الموافقة
return-state-rejected = مرفوض
return-state-received = تم استلام المنتجات
return-state-inspected = تم فحص المنتجات
return-state-refunded = تم استرداد المبلغ
return-state-exchanged = تم الاستبدال

return-reason-damaged = المنتج تالف
return-reason-wrong-item = المنتج غير المطلوب
return-reason-not-as-described = المنتج مختلف عن وصفه
return-reason-size-or-fit = المقاس غير مناسب
return-reason-changed-mind = لم أعد أرغب فيه
return-reason-other = سبب آخر

## أسباب تعليق الطلب

order-hold-fraud = اشتباه في احتيال
order-hold-credit = مراجعة الائتمان
order-hold-stock = مراجعة المخزون
order-hold-address = مراجعة العنوان
order-hold-payment = بانتظار الدفع

## بعهدة مَن الطلب

holder-customer = العميل
holder-shop = المتجر
holder-warehouse = المستودع
holder-carrier = شركة الشحن

## ما شُحن من الطلب

fulfilment-unfulfilled = لم يُشحن
fulfilment-partially-fulfilled = شُحن جزئيًا
fulfilment-fulfilled = تم شحنه

## الدفع

payment-method-cash-on-delivery = الدفع عند الاستلام
payment-method-bank-transfer = تحويل بنكي
payment-method-card = بطاقة بنكية

payment-status-pending = بانتظار الدفع
payment-status-requires-action = بانتظار تأكيد العميل
payment-status-authorised = تمت الموافقة
payment-status-captured = مدفوع
payment-status-part-refunded = مسترد جزئيًا
payment-status-refunded = مسترد
payment-status-declined = مرفوض
payment-status-voided = ملغى

# أسباب الرفض جمل بلا نقطة في آخرها، لأنها تأتي داخل payment-declined.
# البطاقة المفقودة تُرفض بعبارة عامة، فقد لا يكون حاملها صاحبها.
decline-insufficient-funds = الرصيد المتاح لا يكفي
decline-expired-card = انتهت صلاحية البطاقة
decline-do-not-honour = لم يوافق البنك المصدر للبطاقة على العملية
decline-lost-card = لم يوافق البنك المصدر للبطاقة على العملية
decline-authentication-failed = لم يكتمل التحقق من هوية صاحب البطاقة
decline-gateway-unavailable = خدمة الدفع غير متاحة حاليًا

## تنبيهات السلة

warning-price-changed = تغيّر السعر من { $was } إلى { $now }.
warning-not-reserved =
    { PLURAL($reserved) ->
        [zero] لم يعد هذا المنتج محجوزًا لك.
        [one] لم تبقَ محجوزة لك من هذا المنتج إلا قطعة واحدة.
        [two] لم تبقَ محجوزتين لك من هذا المنتج إلا قطعتان.
        [few] لم تبقَ محجوزة لك من هذا المنتج إلا { $reserved } قطع.
        [many] لم تبقَ محجوزة لك من هذا المنتج إلا { $reserved } قطعة.
       *[other] لم تبقَ محجوزة لك من هذا المنتج إلا { $reserved } قطعة.
    }
warning-short-of-stock =
    { PLURAL($available) ->
        [zero] نفدت الكمية من هذا المنتج.
        [one] لم تبقَ من هذا المنتج إلا قطعة واحدة.
        [two] لم تبقَ من هذا المنتج إلا قطعتان.
        [few] لم تبقَ من هذا المنتج إلا { $available } قطع.
        [many] لم تبقَ من هذا المنتج إلا { $available } قطعة.
       *[other] لم تبقَ من هذا المنتج إلا { $available } قطعة.
    }
warning-backordered =
    { PLURAL($quantity) ->
        [zero] هذا المنتج غير متوفر حاليًا، ويصل في { $date }.
        [one] قطعة واحدة من هذا المنتج غير متوفرة حاليًا، وتصل في { $date }.
        [two] قطعتان من هذا المنتج غير متوفرتين حاليًا، وتصلان في { $date }.
        [few] { $quantity } قطع من هذا المنتج غير متوفرة حاليًا، وتصل في { $date }.
        [many] { $quantity } قطعة من هذا المنتج غير متوفرة حاليًا، وتصل في { $date }.
       *[other] { $quantity } قطعة من هذا المنتج غير متوفرة حاليًا، وتصل في { $date }.
    }
warning-backordered-undated =
    { PLURAL($quantity) ->
        [zero] هذا المنتج غير متوفر حاليًا، ويصل لاحقًا.
        [one] قطعة واحدة من هذا المنتج غير متوفرة حاليًا، وتصل لاحقًا.
        [two] قطعتان من هذا المنتج غير متوفرتين حاليًا، وتصلان لاحقًا.
        [few] { $quantity } قطع من هذا المنتج غير متوفرة حاليًا، وتصل لاحقًا.
        [many] { $quantity } قطعة من هذا المنتج غير متوفرة حاليًا، وتصل لاحقًا.
       *[other] { $quantity } قطعة من هذا المنتج غير متوفرة حاليًا، وتصل لاحقًا.
    }
warning-preordered =
    { PLURAL($quantity) ->
        [zero] هذا المنتج متاح للطلب المسبق، ويصل في { $date }.
        [one] قطعة واحدة من هذا المنتج بالطلب المسبق، وتصل في { $date }.
        [two] قطعتان من هذا المنتج بالطلب المسبق، وتصلان في { $date }.
        [few] { $quantity } قطع من هذا المنتج بالطلب المسبق، وتصل في { $date }.
        [many] { $quantity } قطعة من هذا المنتج بالطلب المسبق، وتصل في { $date }.
       *[other] { $quantity } قطعة من هذا المنتج بالطلب المسبق، وتصل في { $date }.
    }
warning-preordered-undated =
    { PLURAL($quantity) ->
        [zero] هذا المنتج متاح للطلب المسبق، ويصل لاحقًا.
        [one] قطعة واحدة من هذا المنتج بالطلب المسبق، وتصل لاحقًا.
        [two] قطعتان من هذا المنتج بالطلب المسبق، وتصلان لاحقًا.
        [few] { $quantity } قطع من هذا المنتج بالطلب المسبق، وتصل لاحقًا.
        [many] { $quantity } قطعة من هذا المنتج بالطلب المسبق، وتصل لاحقًا.
       *[other] { $quantity } قطعة من هذا المنتج بالطلب المسبق، وتصل لاحقًا.
    }
warning-coupon-not-found = لم نعد نعرف القسيمة { $code }.
warning-coupon-expired = لم تعد القسيمة { $code } سارية.
warning-coupon-used-up = استُخدمت القسيمة { $code } بالكامل.
warning-tax-estimated = الضريبة المعروضة تقديرية وقد تتغيّر.
warning-price-below-cost = سعر { $sku } أقل من تكلفته على المتجر: { $cost }.
warning-prices-below-floor =
    { PLURAL($count) ->
        [zero] لا يوجد في قوائم الأسعار سعر أقل من حده الأدنى.
        [one] يوجد في قوائم الأسعار سعر واحد أقل من حده الأدنى.
        [two] يوجد في قوائم الأسعار سعران أقل من حديهما الأدنيين.
        [few] توجد في قوائم الأسعار { $count } أسعار أقل من حدودها الدنيا.
        [many] يوجد في قوائم الأسعار { $count } سعرًا أقل من حدودها الدنيا.
       *[other] يوجد في قوائم الأسعار { $count } سعر أقل من حدودها الدنيا.
    }
warning-prices-below-cost =
    { PLURAL($count) ->
        [zero] لا يوجد في قوائم الأسعار سعر أقل من التكلفة على المتجر.
        [one] يوجد في قوائم الأسعار سعر واحد أقل من التكلفة على المتجر.
        [two] يوجد في قوائم الأسعار سعران أقل من التكلفة على المتجر.
        [few] توجد في قوائم الأسعار { $count } أسعار أقل من التكلفة على المتجر.
        [many] يوجد في قوائم الأسعار { $count } سعرًا أقل من التكلفة على المتجر.
       *[other] يوجد في قوائم الأسعار { $count } سعر أقل من التكلفة على المتجر.
    }
warning-rule-below-floor =
    { PLURAL($count) ->
        [zero] لا تُنزل القاعدة أي سعر تحت حده الأدنى.
        [one] تُنزل القاعدة سعرًا واحدًا تحت حده الأدنى، فيُرفع إليه.
        [two] تُنزل القاعدة سعرين تحت حديهما الأدنيين، فيُرفعان إليهما.
        [few] تُنزل القاعدة { $count } أسعار تحت حدودها الدنيا، فتُرفع إليها.
        [many] تُنزل القاعدة { $count } سعرًا تحت حدودها الدنيا، فتُرفع إليها.
       *[other] تُنزل القاعدة { $count } سعر تحت حدودها الدنيا، فتُرفع إليها.
    }
warning-rule-below-cost =
    { PLURAL($count) ->
        [zero] لا تُنزل القاعدة أي سعر تحت التكلفة على المتجر.
        [one] تُنزل القاعدة سعرًا واحدًا تحت التكلفة على المتجر.
        [two] تُنزل القاعدة سعرين تحت التكلفة على المتجر.
        [few] تُنزل القاعدة { $count } أسعار تحت التكلفة على المتجر.
        [many] تُنزل القاعدة { $count } سعرًا تحت التكلفة على المتجر.
       *[other] تُنزل القاعدة { $count } سعر تحت التكلفة على المتجر.
    }
warning-variant-unavailable = لم يعد هذا المنتج متوفرًا.

## تنبيهات العرض

promotion-warning-over = انتهت مدة هذا العرض، فلن يُطبَّق أبدًا.
promotion-warning-no-hours = لا تقع أي من الساعات التي يشترطها هذا العرض ضمن مدته، فلن يُطبَّق أبدًا.
promotion-warning-nothing-left = لن يُطبَّق هذا العرض أبدًا، فما يشترطه لم يعد موجودًا أو صار فارغًا ({ $things }).
promotion-warning-used-up = استُخدم هذا العرض بقدر ما يُسمح به.
promotion-warning-budget-spent = لم يبقَ شيء من ميزانية هذا العرض.
promotion-warning-needs-coupon = يحتاج هذا العرض إلى قسيمة ولا توجد أي قسيمة له، فأصدر بعضها.
promotion-warning-below-cost =
    { PLURAL($count) ->
        [zero] لا يُنزل هذا العرض أي سعر تحت التكلفة على المتجر.
        [one] يُنزل هذا العرض سعرًا واحدًا تحت التكلفة على المتجر.
        [two] يُنزل هذا العرض سعرين تحت التكلفة على المتجر.
        [few] يُنزل هذا العرض { $count } أسعار تحت التكلفة على المتجر.
        [many] يُنزل هذا العرض { $count } سعرًا تحت التكلفة على المتجر.
       *[other] يُنزل هذا العرض { $count } سعر تحت التكلفة على المتجر.
    }
promotion-warning-below-floor =
    { PLURAL($count) ->
        [zero] لا يُنزل هذا العرض أي سعر تحت حده الأدنى.
        [one] يُنزل هذا العرض سعرًا واحدًا تحت حده الأدنى، فيخصم منه أقل.
        [two] يُنزل هذا العرض سعرين تحت حديهما الأدنيين، فيخصم منهما أقل.
        [few] يُنزل هذا العرض { $count } أسعار تحت حدودها الدنيا، فيخصم منها أقل.
        [many] يُنزل هذا العرض { $count } سعرًا تحت حدودها الدنيا، فيخصم منها أقل.
       *[other] يُنزل هذا العرض { $count } سعر تحت حدودها الدنيا، فيخصم منها أقل.
    }
promotion-warning-more-overlaps =
    { PLURAL($count) ->
        [zero] لا يتداخل عرض آخر مع هذا العرض.
        [one] يتداخل عرض آخر مع هذا العرض.
        [two] يتداخل عرضان آخران مع هذا العرض.
        [few] تتداخل { $count } عروض أخرى مع هذا العرض.
        [many] يتداخل { $count } عرضًا آخر مع هذا العرض.
       *[other] يتداخل { $count } عرض آخر مع هذا العرض.
    }
promotion-warning-not-all-looked-at = تسري في هذه المدة عروض كثيرة لم تُفحص كلها، فقد يتداخل غيرها أيضًا.
promotion-overlap-stack = يتداخل مع عرض «{ $promotion }». حيث ينطبق كلاهما يخصم الاثنان، أحدهما مما يبقيه الآخر.
promotion-overlap-other-pieces = يتداخل مع عرض «{ $promotion }». حيث ينطبق كلاهما يكوّن كل منهما مجموعاته من القطع التي يبقيها الآخر.
promotion-overlap-stack-before = يتداخل مع عرض «{ $promotion }». حيث ينطبق كلاهما يخصم الاثنان: هذا العرض أولًا، ثم «{ $promotion }» مما بقي.
promotion-overlap-stack-after = يتداخل مع عرض «{ $promotion }». حيث ينطبق كلاهما يخصم الاثنان: «{ $promotion }» أولًا، ثم هذا العرض مما بقي.
promotion-overlap-other-pieces-before = يتداخل مع عرض «{ $promotion }». حيث ينطبق كلاهما يأخذ هذا العرض قطعه أولًا، ثم يكوّن «{ $promotion }» مجموعاته من غيرها.
promotion-overlap-other-pieces-after = يتداخل مع عرض «{ $promotion }». حيث ينطبق كلاهما يأخذ «{ $promotion }» قطعه أولًا، ثم يكوّن هذا العرض مجموعاته من غيرها.
promotion-overlap-exclusive = يتداخل مع عرض «{ $promotion }» ولا يمكن الجمع بينهما، فيُطبَّق ما يخصم أكثر.
promotion-overlap-best-of-group = يتداخل مع عرض «{ $promotion }» من المجموعة نفسها، فيُطبَّق ما يخصم أكثر.
promotion-overlap-best-price = يتداخل مع عرض «{ $promotion }»، فيُطبَّق السعر الأفضل منهما.

## حالات التحويل

supply-state-expected = منتظر
supply-state-received = تم الاستلام
supply-state-cancelled = ملغى
transfer-state-in-transit = في الطريق
transfer-state-received = تم الاستلام
transfer-state-cancelled = ملغى

## سبب حركة المخزون

stock-cause-receipt = توريد
stock-cause-adjustment = تسوية
stock-cause-count = جرد
stock-cause-reservation = حجز لطلب
stock-cause-release = إلغاء حجز
stock-cause-allocation = تجهيز لطلب
stock-cause-shipment = شحن
stock-cause-return = إرجاع
stock-cause-quarantine = حجر للفحص
stock-cause-restock = إعادة إلى الرف
stock-cause-write-off = شطب
stock-cause-transfer-out = تحويل صادر
stock-cause-transfer-in = تحويل وارد

## الصلاحيات

permission-order-read = عرض الطلبات
permission-order-manage = إدارة الطلبات
permission-price-override = الاتفاق على أسعار أخرى
permission-price-read = عرض قوائم الأسعار
permission-price-manage = إدارة قوائم الأسعار
permission-cost-read = عرض التكاليف والحدود الدنيا للأسعار
permission-cost-manage = إدارة التكاليف والحدود الدنيا للأسعار
permission-promotion-read = عرض العروض الترويجية
permission-promotion-manage = إدارة العروض الترويجية والقسائم
permission-tax-read = عرض الضرائب
permission-tax-manage = إدارة الضرائب والإعفاءات
permission-order-fulfil = تجهيز الطلبات وشحنها
permission-payment-manage = إدارة المدفوعات
permission-credit-read = عرض بطاقات الهدايا ورصيد المتجر
permission-credit-manage = إدارة بطاقات الهدايا ورصيد المتجر
permission-stock-read = عرض المخزون
permission-stock-manage = إدارة المخزون
permission-customer-read = عرض بيانات العملاء
permission-customer-manage = إدارة مجموعات العملاء
permission-audit-read = عرض سجل العمليات
permission-event-read = قراءة سجل الأحداث
permission-webhook-manage = إدارة روابط الإشعارات (webhooks)

## السلة

cart-items =
    { PLURAL($count) ->
        [zero] لا توجد منتجات في السلة
        [one] منتج واحد في السلة
        [two] منتجان في السلة
        [few] { $count } منتجات في السلة
        [many] { $count } منتجًا في السلة
       *[other] { $count } منتج في السلة
    }

## صفحة التحقق في بوابة الدفع التجريبية

challenge-title = تأكيد الدفع
challenge-approve = تأكيد
challenge-decline = رفض

## سبب شحن بند الطلب من موقع معيّن

sourcing-reason-only-place = هو الموقع الوحيد الذي توفرت فيه الكمية الكافية
sourcing-reason-priority = تفضّل القناة هذا الموقع
sourcing-reason-nearest-zone = هو أقرب موقع إلى العميل
sourcing-reason-most-stock = لديه أكبر مخزون من المنتجات المطلوبة
sourcing-reason-fewest-parcels = اختياره يقلّل عدد الطرود
sourcing-reason-lowest-cost = تكلفة الشحن منه هي الأقل
sourcing-reason-split = لم تتوفر الكمية كاملةً في موقع واحد
sourcing-refused = تعذّر توفير المنتجات من { $location }. { $reason }
sourcing-refused-because = تعذّر توفير المنتجات من { $location } ({ $refusal }). { $reason }

## كيف نشأ السعر

pricing-chosen-contract = تسري قائمة الأسعار «{ $list }» المتفق عليها مع { $organisation }.
pricing-chosen-contract-unit = تسري قائمة الأسعار «{ $list }» المتفق عليها مع { $unit } في { $organisation }.
pricing-chosen-group = تسري قائمة الأسعار «{ $list }» الخاصة بمجموعتك من العملاء.
pricing-chosen-channel = تسري قائمة الأسعار «{ $list }» في هذه القناة.
pricing-chosen-base = تسري قائمة الأسعار الأساسية «{ $list }» لهذه القناة.
pricing-passed-not-yet = لم يبدأ سريان قائمة الأسعار «{ $list }» بعد.
pricing-passed-over = انتهى سريان قائمة الأسعار «{ $list }».
pricing-passed-country = تسري قائمة الأسعار «{ $list }» على بلدان أخرى.
pricing-passed-currency = قائمة الأسعار «{ $list }» بعملة أخرى.
pricing-passed-no-price = ليس في قائمة الأسعار «{ $list }» سعر لهذا المنتج.
pricing-fixed = السعر في «{ $list }»: { $amount }
pricing-fixed-tier = السعر في «{ $list }» ابتداءً من { $quantity }: { $amount }
pricing-derived = «{ $list }»: { $percent } % على { $from } فيصبح { $to }
pricing-derived-rounded-up = «{ $list }»: { $percent } % على { $from } فيصبح { $exact }، ويُقرَّب إلى الأعلى: { $to }
pricing-derived-rounded-down = «{ $list }»: { $percent } % على { $from } فيصبح { $exact }، ويُقرَّب إلى الأدنى: { $to }
pricing-raised = رُفع السعر من { $from } إلى أدنى سعر للبيع: { $to }
pricing-agreed = السعر المتفق عليه: { $amount }
pricing-untaxed = السعر { $from } دون ضريبة { $percent } % المشمولة فيه: { $to }

## أثر العروض الترويجية على السعر

discount-named = «{ $promotion }»
discount-named-with-terms = «{ $promotion }» ({ $terms })
discount-terms-percent = خصم { $percent }٪
discount-terms-amount = خصم { $amount }
discount-terms-amount-each = خصم { $amount } من كل قطعة
discount-terms-price = بسعر { $amount }
discount-terms-price-each = { $amount } للقطعة
discount-terms-free = مجانًا
discount-terms-buy-get = اشترِ { $buy } واحصل على { $get }: { $off }
discount-terms-bundle = { $pieces } معًا: { $off }
discount-terms-gift = هدية
discount-terms-from = { $off } ابتداءً من { $amount }
discount-terms-delivery = التوصيل: { $off }
discount-terms-fee = الرسوم: { $off }
discount-applied = { $what }: خصم { $amount }
discount-applied-capped = { $what }: خصم { $amount }، وبهذا بلغت الخصومات حدها الأقصى
discount-applied-at-floor = { $what }: خصم { $amount }، وبهذا بلغ أحد الأسعار أدنى سعر للبيع
discount-applied-max-discount = { $what }: خصم { $amount }، وهو أقصى ما يخصمه العرض من الطلب
discount-applied-budget = { $what }: خصم { $amount }، وهو كل ما بقي منه
discount-not-yet = لم يبدأ عرض «{ $promotion }» بعد.
discount-over = انتهى عرض «{ $promotion }».
discount-used-up = نفد عرض «{ $promotion }».
discount-used-up-by-customer = استفدت من عرض «{ $promotion }» من قبل.
discount-used-up-by-organisation = استفادت شركتك من عرض «{ $promotion }» من قبل.
discount-sign-in = عرض «{ $promotion }» مخصص للعملاء الذين سجّلوا الدخول.
discount-budget-spent = نفد عرض «{ $promotion }».
discount-nothing-to-take = لا يشمل عرض «{ $promotion }» أي شيء هنا.
discount-cheap-already = لا يجعل عرض «{ $promotion }» أي سعر هنا أقل مما هو عليه.
discount-gift-not-in-cart = استحققت عرض «{ $promotion }»، فأضف الهدية إلى السلة.
discount-no-delivery = اختر طريقة توصيل لتحصل على عرض «{ $promotion }».
discount-better-in-group = يخصم عرض «{ $by }» أكثر من عرض «{ $promotion }».
discount-equal-in-group = يخصم عرض «{ $by }» بقدر عرض «{ $promotion }»، ويسبقه في الترتيب.
discount-exclusive = يخصم عرض «{ $by }» أكثر، ولا يمكن جمعه مع عرض «{ $promotion }».
discount-exclusive-equal = يخصم عرض «{ $by }» بالقدر نفسه ويسبقه في الترتيب، ولا يمكن جمعه مع عرض «{ $promotion }».
discount-better-together = لا يمكن جمع عرض «{ $promotion }» مع غيره، والعروض الأخرى معًا تخصم أكثر.
discount-equal-together = لا يمكن جمع عرض «{ $promotion }» مع غيره، والعروض الأخرى معًا تخصم القدر نفسه.
discount-capped = بلغت الخصومات حدها الأقصى، فلا يضيف عرض «{ $promotion }» شيئًا.
discount-at-floor = الأسعار هي أدنى أسعار البيع، فلا يضيف عرض «{ $promotion }» شيئًا.
discount-missing-amount = أضف مما يشمله شرط عرض «{ $promotion }» بقيمة { $amount } لتحصل عليه.
discount-missing-quantity =
    { PLURAL($quantity) ->
        [zero] أضف قطعًا أخرى مما يشمله شرط عرض «{ $promotion }» لتحصل عليه.
        [one] أضف قطعة واحدة أخرى مما يشمله شرط عرض «{ $promotion }» لتحصل عليه.
        [two] أضف قطعتين أخريين مما يشمله شرط عرض «{ $promotion }» لتحصل عليه.
        [few] أضف { $quantity } قطع أخرى مما يشمله شرط عرض «{ $promotion }» لتحصل عليه.
        [many] أضف { $quantity } قطعة أخرى مما يشمله شرط عرض «{ $promotion }» لتحصل عليه.
       *[other] أضف { $quantity } قطعة أخرى مما يشمله شرط عرض «{ $promotion }» لتحصل عليه.
    }
discount-missing-several = تحتاج إلى إضافة أكثر من شيء معًا لتحصل على عرض «{ $promotion }».
discount-other-customers = عرض «{ $promotion }» مخصص لعملاء آخرين.
discount-no-payment = اختر طريقة الدفع، فعرض «{ $promotion }» يتوقف عليها.
discount-other-payment = عرض «{ $promotion }» مخصص لطرق دفع أخرى.
discount-other-country = عرض «{ $promotion }» مخصص لدول أخرى.
discount-other-hours = يسري عرض «{ $promotion }» في أوقات أخرى.
discount-excluded = لا يسري عرض «{ $promotion }» على هذه السلة.

## كيف نتج ما يُدفع

sum-units = { $quantity } × { $unit }: { $amount }
sum-lines = البنود: { $amount }
sum-discount = الخصومات: { $amount }
sum-delivery = التوصيل: { $amount }
sum-delivery-discount = خصم التوصيل: { $amount }
sum-payment-fee = رسوم طريقة الدفع: { $amount }
sum-tax-in-line = { $taxation }: منه ضريبة قدرها { $amount }، مقرّبة والنصف إلى أعلى
sum-tax-on-line = { $taxation }: تضاف إليه ضريبة قدرها { $amount }، مقرّبة والنصف إلى أعلى
sum-untaxed = لا ضريبة عليه.
sum-tax-none = الضريبة: { $taxation }
sum-tax-in = منه ضريبة قدرها { $amount }: ضريبة كل بند والتوصيل والرسوم، تُقرّب كل منها على حدة والنصف إلى أعلى
sum-tax-on = تضاف إليه ضريبة قدرها { $amount }: ضريبة كل بند والتوصيل والرسوم، تُقرّب كل منها على حدة والنصف إلى أعلى

## كيف تُفرض الضريبة على شيء

tax-standard = خاضع للضريبة بنسبة { $percent }٪
tax-zero-rated = خاضع للضريبة بنسبة صفر ({ $reason })
tax-exempt = معفى من الضريبة ({ $reason })
tax-out-of-scope = خارج نطاق الضريبة ({ $reason })
tax-none = لا تُفرض عليه ضريبة
tax-reverse-charge = احتساب عكسي: المشتري يسدد الضريبة
tender-gift-card = بطاقة هدايا
tender-store-credit = رصيد المتجر
tender-nothing = لا شيء مستحق
