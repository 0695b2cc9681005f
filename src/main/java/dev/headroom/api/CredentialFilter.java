package dev.headroom.api;

import dev.headroom.actor.Actor;
import dev.headroom.api.Callers.Caller;
import dev.headroom.error.ErrorCode;
import dev.headroom.occasion.Occasion;
import dev.headroom.occasion.OccasionFilter;
import dev.headroom.occasion.Origin;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.web.cors.CorsUtils;
import org.springframework.web.filter.OncePerRequestFilter;

/** Turns {@code Authorization: Bearer …} into an actor: a secret API key, or an account token. */
class CredentialFilter extends OncePerRequestFilter {

    private final Callers callers;
    private final ErrorBody errors;
    /** An answer that takes its time comes in a second dispatch of the request, which would otherwise find nobody and say 401 after having acted. */
    private final SecurityContextRepository contexts = new RequestAttributeSecurityContextRepository();

    CredentialFilter(Callers callers, ErrorBody errors) {
        this.callers = callers;
        this.errors = errors;
    }

    /** The origin that a browser names when the page is another site's. */
    static @Nullable String origin(HttpServletRequest request) {
        return CorsUtils.isCorsRequest(request) ? request.getHeader(HttpHeaders.ORIGIN) : null;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        switch (callers.caller(request.getHeader(HttpHeaders.AUTHORIZATION), origin(request))) {
            case Caller.Known(Actor actor) -> proceed(actor, request, response, chain);
            case Caller.Nobody() ->
                errors.write(response, 401, ErrorCode.UNAUTHENTICATED, "Send an API key or an account token: Authorization: Bearer …");
            case Caller.Unknown() -> errors.write(response, 401, ErrorCode.UNAUTHENTICATED, "This credential is unknown, revoked or expired");
            case Caller.FromElsewhere(String origin) ->
                errors.write(response, 403, ErrorCode.ORIGIN_NOT_ALLOWED, "Account tokens of this key are not accepted from " + origin);
        }
    }

    /** Who asks says where it comes from, which the door alone does not. */
    static Occasion occasion(Actor actor) {
        Origin origin = actor instanceof Actor.Member ? Origin.ACCOUNT_TOKEN : Origin.API_KEY;
        return Occasion.current().map(known -> known.by(origin)).orElseGet(() -> Occasion.from(origin));
    }

    private void proceed(Actor actor, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(UsernamePasswordAuthenticationToken.authenticated(actor, null, List.of()));
        SecurityContextHolder.setContext(context);
        contexts.saveContext(context, request, response);
        OccasionFilter.proceed(occasion(actor), request, response, chain);
    }
}
