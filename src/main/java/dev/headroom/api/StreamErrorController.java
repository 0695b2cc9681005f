package dev.headroom.api;

import graphql.GraphQLError;
import org.springframework.graphql.execution.SubscriptionExceptionResolverAdapter;
import org.springframework.stereotype.Component;

/** What ends a stream, in the shape of every other error. */
@Component
class StreamErrorController extends SubscriptionExceptionResolverAdapter {

    @Override
    protected GraphQLError resolveToSingleError(Throwable failure) {
        return ErrorController.streamError(failure);
    }
}
