package dev.headroom.console;

import dev.headroom.identity.ConsoleUsers;
import dev.headroom.signin.Attempts;
import dev.headroom.signin.Attempts.Try;
import dev.headroom.signin.Sessions;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.authentication.dao.DaoAuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Looks at a password only when it may be tried, and begins a session when it is right. Of somebody unknown a password is looked at, too:
 * neither the answer nor how long it takes tells who exists.
 */
final class GuardedLogins implements AuthenticationProvider {

    /** A proxy has passed a request on, and the server was not told to believe it: from where it came nobody knows. */
    private static final String FORWARDED = "X-Forwarded-For";

    private final DaoAuthenticationProvider passwords;
    private final Attempts attempts;
    private final Sessions sessions;

    GuardedLogins(ConsoleUsers users, PasswordEncoder encoder, Attempts attempts, Sessions sessions) {
        this.passwords = new DaoAuthenticationProvider(email -> users.login(email)
                .map(ConsolePrincipal::new)
                .orElseThrow(() -> new UsernameNotFoundException("Nobody signs in with this e-mail")));
        this.passwords.setPasswordEncoder(encoder);
        this.attempts = attempts;
        this.sessions = sessions;
    }

    /** Nothing was looked at; there were too many wrong tries before. */
    static final class MustWaitException extends AuthenticationException {

        private final Instant until;

        MustWaitException(Instant until) {
            super("Too many tries that were not right");
            this.until = until;
        }

        Instant until() {
            return until;
        }
    }

    @Override
    public Authentication authenticate(Authentication asked) {
        Optional<HttpServletRequest> request = Optional.ofNullable(RequestContextHolder.getRequestAttributes())
                .map(ServletRequestAttributes.class::cast).map(ServletRequestAttributes::getRequest);
        return switch (attempts.begin(asked.getName(), request.map(GuardedLogins::address).orElse(null))) {
            case Try.Waits(var until) -> throw new MustWaitException(until);
            case Try.Allowed allowed -> signIn(asked, allowed, request.map(each -> each.getHeader(HttpHeaders.USER_AGENT)).orElse(null));
        };
    }

    private Authentication signIn(Authentication asked, Try.Allowed allowed, @Nullable String userAgent) {
        try {
            Authentication known = passwords.authenticate(asked);
            if (known.getPrincipal() instanceof ConsolePrincipal principal) {
                principal.began(sessions.begin(principal.user(), userAgent));
            }
            attempts.succeeded(allowed);
            return known;
        } catch (BadCredentialsException wrong) {
            attempts.failed(allowed);
            throw wrong;
        }
    }

    private static @Nullable String address(HttpServletRequest request) {
        return request.getHeader(FORWARDED) == null && request.getHeader("Forwarded") == null ? request.getRemoteAddr() : null;
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
    }
}
