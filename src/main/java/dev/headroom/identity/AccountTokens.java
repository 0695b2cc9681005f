package dev.headroom.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.headroom.actor.Actor;
import dev.headroom.actor.Permission;
import dev.headroom.error.HeadroomException;
import dev.headroom.id.Ids;
import dev.headroom.identity.SigningKey.Purpose;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;

/** Short-lived tokens with which a browser speaks for one member of one account (JWT, HS256, RFC 7519). */
@Service
public class AccountTokens {

    public static final Duration LONGEST = Duration.ofHours(24);
    /** All that a member can ever be granted. */
    private static final Set<Permission> GRANTABLE = Set.of(Permission.READ, Permission.QUOTE, Permission.CHANGE);
    private static final String ISSUER = "headroom";

    private final SigningKeys signingKeys;
    private final ApiKeys apiKeys;
    private final InstantSource clock;

    AccountTokens(SigningKeys signingKeys, ApiKeys apiKeys, InstantSource clock) {
        this.signingKeys = signingKeys;
        this.apiKeys = apiKeys;
        this.clock = clock;
    }

    /** A token and the second it ends, exclusive. */
    public record MintedToken(String token, Instant expiresAt) {

        @Override
        public String toString() {
            return "MintedToken[until " + expiresAt + "]";
        }
    }

    /** A verified token's actor, and the origins that a browser may send it from. */
    public record Verified(Actor.Member actor, Set<String> origins) {}

    /**
     * Mints a token for a member that exists in the account.
     *
     * @param lifetime up to {@link #LONGEST}
     * @throws HeadroomException FORBIDDEN unless the actor is an API key that itself holds what it grants
     */
    public MintedToken mint(Actor actor, UUID account, UUID member, Set<Permission> permissions, Duration lifetime) {
        actor.require(Permission.ACCOUNTS);
        if (!(actor instanceof Actor.ApiKey key)) {
            throw HeadroomException.forbidden("Account tokens are minted with an API key");
        }
        if (permissions.isEmpty() || !GRANTABLE.containsAll(permissions)) {
            throw HeadroomException.invalid("input.permissions", "An account token may carry READ, QUOTE and CHANGE");
        }
        permissions.forEach(actor::require);
        if (!lifetime.isPositive() || lifetime.compareTo(LONGEST) > 0) {
            throw HeadroomException.invalid("input.lifetimeSeconds", "Expected 1 to " + LONGEST.toSeconds());
        }
        Instant now = clock.instant();
        Instant until = Instant.ofEpochSecond(now.plus(lifetime).getEpochSecond());
        return new MintedToken(sign(claims(key.id(), account, member, permissions, now, until)), until);
    }

    private static JWTClaimsSet claims(UUID key, UUID account, UUID member, Set<Permission> permissions, Instant now, Instant until) {
        return new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .subject(member.toString())
                .claim("account", account.toString())
                .claim("azp", key.toString())
                .claim("scope", permissions.stream().map(Permission::name).sorted().collect(Collectors.joining(" ")))
                .issueTime(Date.from(now))
                .expirationTime(Date.from(until))
                .build();
    }

    private String sign(JWTClaimsSet claims) {
        SigningKey key = signingKeys.current(Purpose.ACCOUNT_TOKEN);
        SignedJWT token = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(key.id().toString()).build(), claims);
        try {
            token.sign(new MACSigner(key.secret()));
        } catch (JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
        return token.serialize();
    }

    /** Empty for anything but a token of ours that is whole, not expired, and minted by a key still in use. */
    public Optional<Verified> verify(String token) {
        try {
            SignedJWT parsed = SignedJWT.parse(token);
            return signatureHolds(parsed) ? verified(parsed.getJWTClaimsSet()) : Optional.empty();
        } catch (ParseException | JOSEException | IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private boolean signatureHolds(SignedJWT token) throws JOSEException {
        Optional<SigningKey> key = Optional.ofNullable(token.getHeader().getKeyID())
                .flatMap(Ids::parse)
                .flatMap(id -> signingKeys.named(Purpose.ACCOUNT_TOKEN, id));
        return JWSAlgorithm.HS256.equals(token.getHeader().getAlgorithm())
                && key.isPresent()
                && token.verify(new MACVerifier(key.get().secret()));
    }

    private Optional<Verified> verified(JWTClaimsSet claims) throws ParseException {
        Date until = claims.getExpirationTime();
        if (until == null || !clock.instant().isBefore(until.toInstant()) || !ISSUER.equals(claims.getIssuer())) {
            return Optional.empty();
        }
        Set<Permission> permissions = Set.of(claims.getStringClaim("scope").split(" ")).stream().map(Permission::valueOf).collect(Collectors.toSet());
        Actor.Member actor = new Actor.Member(
                UUID.fromString(claims.getStringClaim("account")), UUID.fromString(claims.getSubject()), permissions);
        return apiKeys.active(UUID.fromString(claims.getStringClaim("azp"))).map(key -> new Verified(actor, key.origins()));
    }
}
