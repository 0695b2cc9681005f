package dev.headroom.api;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.headroom.actor.Actor;
import graphql.analysis.MaxQueryDepthInstrumentation;
import graphql.execution.instrumentation.Instrumentation;
import graphql.execution.preparsed.PreparsedDocumentEntry;
import graphql.scalars.ExtendedScalars;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.graphql.autoconfigure.GraphQlSourceBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.graphql.data.method.annotation.support.AnnotatedControllerConfigurer;
import org.springframework.graphql.execution.RuntimeWiringConfigurer;
import org.springframework.graphql.server.WebGraphQlInterceptor;
import org.springframework.graphql.server.WebGraphQlRequest;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/** What every query is held to, and what every field may ask for. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
class GraphQlConfiguration {

    /** The key under which a field finds who is asking: {@code @ContextValue Actor actor}. */
    private static final String ACTOR = "actor";
    private static final int DEEPEST = 14;
    private static final int REMEMBERED_DOCUMENTS = 1_000;

    @Bean
    RuntimeWiringConfigurer scalarsAndKeys() {
        return wiring -> wiring.scalar(Scalars.DATE_TIME)
                .scalar(ExtendedScalars.GraphQLLong)
                .scalar(ExtendedScalars.Json)
                .directiveWiring(new HeaderKeys());
    }

    /** A request has a virtual thread of its own: one more for every field would only cost, and send the answer through every filter again. */
    @Bean
    static BeanPostProcessor fieldsOnTheRequestsThread() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessBeforeInitialization(Object bean, String name) {
                if (bean instanceof AnnotatedControllerConfigurer controllers) {
                    controllers.setBlockingMethodPredicate(_ -> false);
                }
                return bean;
            }
        };
    }

    /** Parsing and validating a query costs as much as answering a small one: documents that repeat are kept. */
    @Bean
    GraphQlSourceBuilderCustomizer documents() {
        Cache<String, PreparsedDocumentEntry> known = Caffeine.newBuilder().maximumSize(REMEMBERED_DOCUMENTS).build();
        return source -> source.configureGraphQl(engine -> engine.preparsedDocumentProvider(
                (input, parse) -> CompletableFuture.completedFuture(known.get(input.getQuery(), _ -> parse.apply(input)))));
    }

    @Bean
    Instrumentation depth() {
        return new MaxQueryDepthInstrumentation(DEEPEST);
    }

    @Bean
    @Order(0)
    WebGraphQlInterceptor headers() {
        return (request, chain) -> {
            request.configureExecutionInput((_, input) -> input.graphQLContext(asked(request)).build());
            return chain.next(request).doOnNext(GraphQlConfiguration::tellCost);
        };
    }

    private static Map<String, Object> asked(WebGraphQlRequest request) {
        Map<String, Object> known = new HashMap<>();
        Optional.ofNullable(SecurityContextHolder.getContext().getAuthentication())
                .map(Authentication::getPrincipal)
                .filter(Actor.class::isInstance)
                .ifPresent(actor -> known.put(ACTOR, actor));
        Optional.ofNullable(request.getHeaders().getFirst(HeaderKeys.HEADER))
                .ifPresent(key -> known.put(HeaderKeys.HEADER, key));
        return known;
    }

    /** What the query cost and might have: nothing for one that was not understood. */
    private static void tellCost(WebGraphQlResponse response) {
        Optional.<Integer>ofNullable(response.getExecutionInput().getGraphQLContext().get(CostInstrumentation.COST)).ifPresent(cost -> {
            response.getResponseHeaders().set("Query-Cost", cost.toString());
            response.getResponseHeaders().set("Query-Cost-Limit", String.valueOf(CostInstrumentation.DEAREST));
        });
    }
}
