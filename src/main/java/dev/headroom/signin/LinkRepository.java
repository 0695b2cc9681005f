package dev.headroom.signin;

import static dev.headroom.signin.jooq.Tables.LINK;
import static java.util.stream.Collectors.toUnmodifiableSet;
import static org.jooq.Records.mapping;

import dev.headroom.identity.Role;
import dev.headroom.signin.Link.Purpose;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record10;
import org.jooq.SelectJoinStep;
import org.springframework.stereotype.Repository;

@Repository
class LinkRepository {

    private final DSLContext db;

    LinkRepository(DSLContext db) {
        this.db = db;
    }

    void insert(Link link, byte[] hash) {
        db.insertInto(LINK)
                .set(LINK.ID, link.id())
                .set(LINK.PURPOSE, link.purpose().name())
                .set(LINK.HASH, hash)
                .set(LINK.USER_ID, link.user())
                .set(LINK.EMAIL, link.email())
                .set(LINK.ROLES, link.roles().stream().sorted().map(Role::name).toArray(String[]::new))
                .set(LINK.CREATED_AT, link.createdAt())
                .set(LINK.CREATED_BY, link.createdBy())
                .set(LINK.EXPIRES_AT, link.expiresAt())
                .execute();
    }

    Optional<Link> byHash(byte[] hash) {
        return links().where(LINK.HASH.eq(hash)).fetchOptional(mapping(Link::new));
    }

    /** Of two who hold the same link, the second waits for the first. */
    Optional<Link> lockedByHash(byte[] hash) {
        return links().where(LINK.HASH.eq(hash)).forUpdate().fetchOptional(mapping(Link::new));
    }

    Optional<Link> lockedById(UUID id) {
        return links().where(LINK.ID.eq(id)).forUpdate().fetchOptional(mapping(Link::new));
    }

    void use(UUID id, UUID user, Instant at) {
        db.update(LINK).set(LINK.USED_AT, at).set(LINK.USER_ID, user).setNull(LINK.EMAIL).where(LINK.ID.eq(id)).execute();
    }

    /** Takes back what is open. */
    void revoke(Condition which, Instant at) {
        db.update(LINK).set(LINK.REVOKED_AT, at).setNull(LINK.EMAIL).where(which, LINK.USED_AT.isNull(), LINK.REVOKED_AT.isNull()).execute();
    }

    List<Link> open(Instant at, int most) {
        return links()
                .where(LINK.USED_AT.isNull(), LINK.REVOKED_AT.isNull(), LINK.EXPIRES_AT.gt(at), LINK.PURPOSE.eq(Purpose.INVITATION.name()))
                .orderBy(LINK.CREATED_AT.desc(), LINK.ID.desc())
                .limit(most)
                .fetch(mapping(Link::new));
    }

    int forget(Instant before) {
        return db.deleteFrom(LINK).where(LINK.EXPIRES_AT.lt(before)).execute();
    }

    private SelectJoinStep<Record10<UUID, Purpose, UUID, String, Set<Role>, Instant, String, Instant, Instant, Instant>> links() {
        return db.select(
                        LINK.ID, LINK.PURPOSE.convertFrom(Purpose::valueOf), LINK.USER_ID, LINK.EMAIL,
                        LINK.ROLES.convertFrom(names -> Arrays.stream(names).map(Role::valueOf).collect(toUnmodifiableSet())),
                        LINK.CREATED_AT, LINK.CREATED_BY, LINK.EXPIRES_AT, LINK.USED_AT, LINK.REVOKED_AT)
                .from(LINK);
    }
}
