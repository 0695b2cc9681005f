package dev.headroom.api;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.headroom.actor.Actor;
import graphql.execution.preparsed.PreparsedDocumentEntry;
import graphql.scalars.ExtendedScalars;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.graphql.autoconfigure.GraphQlSourceBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.graphql.data.method.annotation.support.AnnotatedControllerConfigurer;
import org.springframework.graphql.execution.RuntimeWiringConfigurer;
import org.springframework.graphql.server.WebGraphQlHandler;
import org.springframework.graphql.server.WebGraphQlInterceptor;
import org.springframework.graphql.server.WebGraphQlRequest;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.graphql.server.WebSocketGraphQlRequest;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import tools.jackson.databind.json.JsonMapper;

/** What every query is held to, and what every field may ask for. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
class GraphQlConfiguration {

    /** The key under which a field finds who is asking: {@code @ContextValue Actor actor}. */
    static final String ACTOR = "actor";
    /** A parsed document takes some fifty times its text; what is longer than usual is parsed each time it comes. */
    private static final int LONGEST_REMEMBERED = 10_000;
    private static final int REMEMBERED_CHARACTERS = 500_000;

    @Bean
    RuntimeWiringConfigurer scalarsAndKeys() {
        return wiring -> wiring.scalar(Scalars.DATE_TIME)
                .scalar(ExtendedScalars.GraphQLLong)
                .scalar(ExtendedScalars.Json)
                .scalar(Scalars.EVENT_QUANTITY)
                .scalar(Scalars.EVENT_TIME)
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

    @Bean
    GraphQlSourceBuilderCustomizer plainFields(BeanFactory beans) {
        Map<Class<?>, Object> controllers = new ConcurrentHashMap<>();
        return source -> source.typeVisitors(List.of(new PlainFields(type -> controllers.computeIfAbsent(type, beans::getBean))));
    }

    /** Parsing and validating a query costs as much as answering a small one: documents that repeat are kept, within bounds. */
    @Bean
    GraphQlSourceBuilderCustomizer documents() {
        Cache<String, PreparsedDocumentEntry> known = Caffeine.newBuilder()
                .maximumWeight(REMEMBERED_CHARACTERS)
                .weigher((String query, PreparsedDocumentEntry _) -> query.length())
                .build();
        return source -> source.configureGraphQl(engine -> engine.preparsedDocumentProvider(
                (input, parse) -> CompletableFuture.completedFuture(remembered(known, input.getQuery(), () -> parse.apply(input)))));
    }

    private static PreparsedDocumentEntry remembered(
            Cache<String, PreparsedDocumentEntry> known, String query, Supplier<PreparsedDocumentEntry> parse) {
        PreparsedDocumentEntry found = known.getIfPresent(query);
        if (found != null) {
            return found;
        }
        PreparsedDocumentEntry parsed = parse.get();
        if (!parsed.hasErrors() && query.length() <= LONGEST_REMEMBERED) {
            known.put(query, parsed);
        }
        return parsed;
    }

    /** Over a WebSocket a request has no headers of its own, see {@link SocketFilter}. */
    @Bean
    @Order(0)
    WebGraphQlInterceptor headers() {
        return (request, chain) -> {
            if (request instanceof WebSocketGraphQlRequest) {
                return chain.next(request);
            }
            request.configureExecutionInput((_, input) -> input.graphQLContext(asked(request)).build());
            return chain.next(request).doOnNext(GraphQlConfiguration::tellCost);
        };
    }

    @Bean
    Sockets sockets(WebGraphQlHandler graphQl, JsonMapper json) {
        return new Sockets(graphQl, json, Sockets.Bounds.OF_A_NODE);
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
