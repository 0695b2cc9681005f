package dev.headroom.stripe;

import java.util.Collection;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * By what an event came about, and what of its object it is about. How things stand it does not say: that may be long ago.
 *
 * @param request the idempotency key of the request that brought it about; absent where Stripe acted by itself
 * @param changed which fields of the object have changed; absent where it does not say
 */
record Told(@Nullable String request, @Nullable Set<String> changed) {

    /** What nobody here wants to know of a customer: the number of its next invoice. */
    private static final Set<String> OF_NO_INTEREST = Set.of("next_invoice_sequence");
    private static final Set<String> OF_BALANCE = Set.of("balance", "next_invoice_sequence");

    static Told by(JsonNode event) {
        JsonNode before = event.path("data").path("previous_attributes");
        return new Told(event.path("request").path("idempotency_key").asString(null), before.isObject() ? Set.copyOf(before.propertyNames()) : null);
    }

    static @Nullable Set<String> set(String @Nullable [] fields) {
        return fields == null ? null : Set.of(fields);
    }

    static String @Nullable [] array(@Nullable Set<String> fields) {
        return fields == null ? null : fields.stream().sorted().toArray(String[]::new);
    }

    /** Whether it tells of nothing that anybody follows; of everything else there is an event of its own. */
    boolean idle() {
        return changed != null && !changed.isEmpty() && OF_NO_INTEREST.containsAll(changed);
    }

    boolean ofBalanceAlone() {
        return changed != null && !changed.isEmpty() && OF_BALANCE.containsAll(changed);
    }

    /** The requests that brought all of them about; none where one of them came about otherwise. */
    static Set<String> requests(Collection<Told> all) {
        return all.stream().allMatch(each -> each.request() != null)
                ? all.stream().map(Told::request).filter(Objects::nonNull).collect(Collectors.toUnmodifiableSet())
                : Set.of();
    }
}
