package dev.headroom.sandbox;

import java.util.List;

/**
 * One request as its endpoint sees it.
 *
 * @param ids what stands in the place of the path's variables, in order
 */
record Call(Session session, Parameters parameters, List<String> ids) {

    String id() {
        return ids.getFirst();
    }
}
