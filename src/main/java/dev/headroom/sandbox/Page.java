package dev.headroom.sandbox;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Which part of a list is asked for: Stripe pages by object ids, newest first. */
record Page(int limit, @Nullable String after, @Nullable String before) {

    private static final long MOST = 100;

    static Page read(Parameters parameters) {
        Long limit = parameters.integer("limit");
        if (limit != null && (limit < 1 || limit > MOST)) {
            throw StripeError.invalid("parameter_invalid_integer", "limit", "This value must be between 1 and 100.");
        }
        return new Page(limit == null ? 10 : limit.intValue(), parameters.text("starting_after"), parameters.text("ending_before"));
    }

    /** @param found one more than the page holds if there are more; oldest first when paging backwards */
    ObjectNode list(String url, List<ObjectNode> found) {
        List<ObjectNode> shown = new ArrayList<>(found.subList(0, Math.min(limit, found.size())));
        if (before != null) {
            Collections.reverse(shown);
        }
        return list(url, shown, found.size() > limit);
    }

    /** The page of a list that lies within one document, in the order it has there. */
    ObjectNode within(String url, List<ObjectNode> all) {
        int from = after == null ? 0 : indexOf(all, after) + 1;
        int until = before == null ? all.size() : indexOf(all, before);
        int start = before == null ? from : Math.max(from, until - limit);
        int end = Math.min(until, start + limit);
        return list(url, all.subList(start, end), before == null ? end < until : start > from);
    }

    static ObjectNode list(String url, List<ObjectNode> data, boolean more) {
        ObjectNode list = Json.object().put("object", "list");
        list.putArray("data").addAll(data);
        return list.put("has_more", more).put("url", url);
    }

    private static int indexOf(List<ObjectNode> all, String id) {
        for (int i = 0; i < all.size(); i++) {
            if (id.equals(Json.text(all.get(i), "id"))) {
                return i;
            }
        }
        throw StripeError.invalid("resource_missing", "starting_after", "No such object: '" + id + "'");
    }
}
