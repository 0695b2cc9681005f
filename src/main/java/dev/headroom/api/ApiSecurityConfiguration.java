package dev.headroom.api;

import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.identity.ApiKeys;
import dev.headroom.occasion.OccasionFilter;
import dev.headroom.occasion.Origin;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.web.cors.CorsConfiguration;
import tools.jackson.databind.json.JsonMapper;

/** Every door but the console's: the API, Stripe's, the operator's. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
class ApiSecurityConfiguration {

    @Bean
    ErrorBody errorBody(JsonMapper json) {
        return new ErrorBody(json);
    }

    /** Requests are measured as such; a measurement of every filter beside it costs more than some answers. */
    @Bean
    SecurityObservationSettings unobservedFilters() {
        return SecurityObservationSettings.noObservations();
    }

    /**
     * API keys and account tokens; no session, no cookie, so nothing that another site could ride on. A WebSocket may be opened by anybody, and is
     * closed unless a credential follows: a browser can send none with the handshake.
     */
    @Bean
    @Order(1)
    SecurityFilterChain api(HttpSecurity http, ApiKeys apiKeys, Callers callers, ErrorBody errors) {
        CredentialFilter credentials = new CredentialFilter(callers, errors) {
            @Override
            protected boolean shouldNotFilter(HttpServletRequest request) {
                return Sockets.isHandshake(request) && request.getHeader(HttpHeaders.AUTHORIZATION) == null;
            }
        };
        return stateless(http.securityMatcher("/graphql", "/v1/**"))
                .addFilterBefore(new OccasionFilter(Origin.API_KEY), AuthorizationFilter.class)
                .addFilterBefore(new OriginFilter(request -> origins(request, apiKeys), errors), AuthorizationFilter.class)
                .addFilterBefore(new IncidentFilter(errors), AuthorizationFilter.class)
                .addFilterBefore(new BodyFilter(errors), AuthorizationFilter.class)
                .addFilterBefore(credentials, AuthorizationFilter.class)
                .authorizeHttpRequests(requests -> requests.requestMatchers(Sockets::isHandshake).permitAll().anyRequest().authenticated())
                .build();
    }

    /** Stripe proves itself by signature. */
    @Bean
    @Order(2)
    SecurityFilterChain webhooks(HttpSecurity http, ErrorBody errors) {
        return stateless(http.securityMatcher("/webhooks/**"))
                .addFilterBefore(new OccasionFilter(Origin.STRIPE), AuthorizationFilter.class)
                .addFilterBefore(new IncidentFilter(errors), AuthorizationFilter.class)
                .addFilterBefore(new BodyFilter(errors), AuthorizationFilter.class)
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .build();
    }

    /** Whether it is up, anybody may know; anything else only who administers. */
    @Bean
    @Order(3)
    SecurityFilterChain operations(HttpSecurity http, Callers callers, ErrorBody errors) {
        CredentialFilter credentials = new CredentialFilter(callers, errors) {
            @Override
            protected boolean shouldNotFilter(HttpServletRequest request) {
                return request.getRequestURI().startsWith("/actuator/health") && request.getHeader(HttpHeaders.AUTHORIZATION) == null;
            }
        };
        return stateless(http.securityMatcher("/actuator/**"))
                .addFilterBefore(credentials, AuthorizationFilter.class)
                .authorizeHttpRequests(requests -> requests
                        .requestMatchers("/actuator/health/**").permitAll()
                        .anyRequest().access((authentication, _) -> new AuthorizationDecision(
                                authentication.get().getPrincipal() instanceof Actor.ApiKey key && key.permissions().contains(Permission.ADMIN))))
                .build();
    }

    /** GraphiQL is a page with nothing in it: whoever opens it needs a credential to ask anything. */
    @Bean
    @Order(4)
    SecurityFilterChain explorer(HttpSecurity http) {
        return stateless(http.securityMatcher("/graphiql", "/graphiql/**", "/webjars/**"))
                .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .build();
    }

    private static HttpSecurity stateless(HttpSecurity http) {
        return http.csrf(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable);
    }

    /** A preflight carries no credential: any origin that some key allows may ask; the filter then asks the token's own key. */
    private static @Nullable CorsConfiguration origins(HttpServletRequest request, ApiKeys apiKeys) {
        @Nullable String origin = request.getHeader(HttpHeaders.ORIGIN);
        CorsConfiguration allowed = new CorsConfiguration();
        allowed.setAllowedOrigins(origin != null && apiKeys.anyAllows(origin) ? List.of(origin) : List.of());
        allowed.setAllowedMethods(List.of("POST", "GET"));
        allowed.setAllowedHeaders(List.of(HttpHeaders.AUTHORIZATION, HttpHeaders.CONTENT_TYPE, HeaderKeys.HEADER));
        allowed.setExposedHeaders(List.of("Query-Cost", "Query-Cost-Limit", OccasionFilter.HEADER));
        allowed.setMaxAge(Duration.ofMinutes(10));
        return allowed;
    }
}
