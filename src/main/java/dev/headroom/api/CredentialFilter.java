package dev.headroom.api;

import dev.headroom.actor.Actor;
import dev.headroom.error.ErrorCode;
import dev.headroom.identity.AccountTokens;
import dev.headroom.identity.AccountTokens.Verified;
import dev.headroom.identity.ApiKeys;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
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

    private static final String SCHEME = "Bearer ";

    private final ApiKeys apiKeys;
    private final AccountTokens tokens;
    private final ErrorBody errors;
    /** An answer that takes its time comes in a second dispatch of the request, which would otherwise find nobody and say 401 after having acted. */
    private final SecurityContextRepository contexts = new RequestAttributeSecurityContextRepository();

    CredentialFilter(ApiKeys apiKeys, AccountTokens tokens, ErrorBody errors) {
        this.apiKeys = apiKeys;
        this.tokens = tokens;
        this.errors = errors;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        @Nullable String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (header == null || !header.startsWith(SCHEME)) {
            errors.write(response, 401, ErrorCode.UNAUTHENTICATED, "Send an API key or an account token: Authorization: Bearer …");
            return;
        }
        String credential = header.substring(SCHEME.length()).strip();
        if (credential.startsWith(ApiKeys.PREFIX)) {
            proceed(apiKeys.authenticate(credential), request, response, chain);
        } else {
            proceedWithToken(tokens.verify(credential), request, response, chain);
        }
    }

    private void proceedWithToken(Optional<Verified> token, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        @Nullable String origin = request.getHeader(HttpHeaders.ORIGIN);
        if (token.isPresent() && CorsUtils.isCorsRequest(request) && !token.get().origins().contains(origin)) {
            errors.write(response, 403, ErrorCode.ORIGIN_NOT_ALLOWED, "Account tokens of this key are not accepted from " + origin);
            return;
        }
        proceed(token.map(Verified::actor), request, response, chain);
    }

    private void proceed(Optional<? extends Actor> actor, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (actor.isEmpty()) {
            errors.write(response, 401, ErrorCode.UNAUTHENTICATED, "This credential is unknown, revoked or expired");
            return;
        }
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(UsernamePasswordAuthenticationToken.authenticated(actor.get(), null, List.of()));
        SecurityContextHolder.setContext(context);
        contexts.saveContext(context, request, response);
        chain.doFilter(request, response);
    }
}
