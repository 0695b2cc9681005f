package dev.headroom.console;

import com.vaadin.flow.spring.security.AuthenticationContext;
import com.vaadin.flow.spring.security.VaadinDefaultRequestCache;
import com.vaadin.flow.spring.security.VaadinSecurityConfigurer;
import dev.headroom.identity.ConsoleUsers;
import dev.headroom.occasion.OccasionFilter;
import dev.headroom.occasion.Origin;
import dev.headroom.preference.ListPreferences;
import dev.headroom.signin.Attempts;
import dev.headroom.signin.Sessions;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer.AuthorizedUrl;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;
import org.springframework.security.web.savedrequest.RequestCache;
import org.springframework.security.web.session.DisableEncodeUrlFilter;
import org.springframework.security.web.session.HttpSessionEventPublisher;

/**
 * Sign-in with e-mail and password, and a session. The chain comes last and takes what no API chain took, so that a path which
 * everybody forgot asks for a sign-in instead of being open; whoever is signed in then reads that nothing is there.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = Type.SERVLET)
class ConsoleSecurityConfiguration {

    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    SecurityFilterChain consoleSecurity(HttpSecurity http, VaadinDefaultRequestCache asked, Sessions sessions) {
        asked.setDelegateRequestCache(withoutMark());
        return http.addFilterBefore(new OccasionFilter(Origin.CONSOLE), DisableEncodeUrlFilter.class)
                .authorizeHttpRequests(requests -> requests.requestMatchers("/console.css", "/sign-in.css").permitAll())
                .with(VaadinSecurityConfigurer.vaadin(), console -> console.loginView(LoginView.class).anyRequest(AuthorizedUrl::authenticated))
                .addFilterBefore(new SessionFilter(sessions), AuthorizationFilter.class)
                .build();
    }

    /** Looks whether a page was asked for before the sign-in with every request, instead of marking the address of that page. */
    private static RequestCache withoutMark() {
        HttpSessionRequestCache cache = new HttpSessionRequestCache();
        cache.setMatchingRequestParameterName(null);
        return cache;
    }

    @Bean
    GuardedLogins consoleLogins(ConsoleUsers users, PasswordEncoder passwords, Attempts attempts, Sessions sessions) {
        return new GuardedLogins(users, passwords, attempts, sessions);
    }

    /** Tells of sessions that end, also of those that nobody has signed out of. */
    @Bean
    HttpSessionEventPublisher httpSessionEventPublisher() {
        return new HttpSessionEventPublisher();
    }

    @Bean
    SignedIn signedIn(AuthenticationContext authentication, ConsoleUsers users, Sessions sessions, ListPreferences lists) {
        return new SignedIn(authentication, users, sessions, lists);
    }
}
