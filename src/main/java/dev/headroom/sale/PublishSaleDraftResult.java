package dev.headroom.sale;

/** What came of {@link SalePublications.PublishSaleDraft}; nothing has changed by all but the first. */
public sealed interface PublishSaleDraftResult permits
        PublishSaleDraftResult.SaleDraftPublished, PublishSaleDraftResult.SaleLookNotUsable, PublishSaleDraftResult.SalePublisherIsEditor,
        SaleDraftHasFindings, SaleDraftEditedSince, SaleDraftNotOpen {

    /** What was made is sold, and what ended is not any more. */
    record SaleDraftPublished(SaleDraft draft) implements PublishSaleDraftResult {}

    /** Nobody has looked at what this would do now. */
    record SaleLookNotUsable(SaleLookFlaw flaw) implements PublishSaleDraftResult {}

    /** Whoever had a hand in a draft may not put it live. */
    record SalePublisherIsEditor(SaleDraft draft) implements PublishSaleDraftResult {}

    /** Why a look says nothing of what is to be put live. */
    enum SaleLookFlaw {
        UNKNOWN,
        /** It was edited since. */
        OTHER_CONTENT,
        /** Other plans or bundles are sold by now. */
        OTHER_ON_SALE,
        TOO_OLD
    }
}
