package dev.headroom.sale;

import static dev.headroom.sale.jooq.Tables.LOOK;

import dev.headroom.reach.Reach.Total;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

@Repository
class SaleLookRepository {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final DSLContext db;

    SaleLookRepository(DSLContext db) {
        this.db = db;
    }

    /** @param accounts that it concerns @param totals of its lines; those of what is made and of what ends apart */
    record Seen(int accounts, List<Sum> made, List<Sum> ended) {}

    /** Minor units a month. */
    record Sum(String how, String currency, int accounts, long before, long after) {

        static Sum of(Total total) {
            return new Sum(total.how().name(), total.currency().getCurrencyCode(), total.accounts(), total.mrrBefore().minor(), total.mrrAfter().minor());
        }
    }

    /** @param sold what else was sold then */
    record Kept(UUID draft, int revision, String sold, Seen seen, Instant at) {}

    void insert(SaleLook look, String sold, Seen seen, String by) {
        db.insertInto(LOOK)
                .set(LOOK.ID, look.id())
                .set(LOOK.DRAFT_ID, look.draft())
                .set(LOOK.REVISION, look.revision())
                .set(LOOK.SOLD, sold)
                .set(LOOK.SEEN, JSONB.valueOf(JSON.writeValueAsString(seen)))
                .set(LOOK.ACTOR, by)
                .set(LOOK.AT, look.at())
                .execute();
    }

    Optional<Kept> find(@Nullable UUID id) {
        return db.selectFrom(LOOK).where(LOOK.ID.eq(id)).fetchOptional(row -> new Kept(
                row.getDraftId(), row.getRevision(), row.getSold(), JSON.readValue(row.getSeen().data(), Seen.class), row.getAt()));
    }
}
