package dev.headroom.bundle;

import dev.headroom.bundle.Bundle.BundleId;
import dev.headroom.bundle.Bundle.Member;
import dev.headroom.bundle.CreateBundle.NewMember;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.Plan;
import dev.headroom.error.Check;
import dev.headroom.error.HeadroomException;
import dev.headroom.error.Refusals;
import dev.headroom.id.Ids;
import dev.headroom.pricing.Discount.Reduction.PercentOff;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Makes a bundle out of what was asked for, or says which field is wrong. */
final class NewBundles {

    /** Stripe keeps two. */
    private static final int MOST_DECIMALS = 2;
    private static final int MOST_MEMBERS = 10;

    private NewBundles() {}

    static Bundle bundle(CreateBundle command, CatalogSnapshot catalog, Instant now, Refusals refusals) {
        Instant from = Objects.requireNonNullElse(command.from(), now).truncatedTo(ChronoUnit.SECONDS);
        Instant until = command.until() == null ? null : command.until().truncatedTo(ChronoUnit.SECONDS);
        refusals.look(() -> {
            if (until != null && !from.isBefore(until)) {
                throw HeadroomException.invalid("input.until", "A bundle ends after it begins");
            }
        });
        return new Bundle(
                new BundleId(Ids.next()), refusals.made(() -> Check.key("input.key", command.key()), command.key()),
                refusals.made(() -> Check.text("input.name", command.name()), command.name()),
                refusals.made(() -> off(command.percentOff()), new PercentOff(BigDecimal.ONE)), members(command.members(), catalog, refusals), from, until);
    }

    private static PercentOff off(BigDecimal percent) {
        if (percent.stripTrailingZeros().scale() > MOST_DECIMALS || percent.signum() <= 0 || percent.compareTo(BigDecimal.valueOf(100)) > 0) {
            throw HeadroomException.invalid("input.percentOff", "A percentage is more than 0 and at most 100, with at most two decimals");
        }
        return new PercentOff(percent);
    }

    private static List<Member> members(List<NewMember> wanted, CatalogSnapshot catalog, Refusals refusals) {
        refusals.look(() -> {
            if (wanted.size() < 2 || wanted.size() > MOST_MEMBERS) {
                throw HeadroomException.invalid("input.members", "A bundle is of 2 to " + MOST_MEMBERS + " things");
            }
        });
        List<Member> members = new ArrayList<>();
        for (int i = 0; i < wanted.size(); i++) {
            String path = "input.members[" + i + "]";
            NewMember each = wanted.get(i);
            refusals.look(() -> members.add(another(path, member(path + ".", each, catalog), members)));
        }
        refusals.look(() -> {
            if (members.size() == wanted.size() && members.stream().noneMatch(Member::reduced)) {
                throw HeadroomException.invalid("input.members", "At least one of them is reduced");
            }
        });
        return members;
    }

    private static Member another(String path, Member member, List<Member> members) {
        if (members.stream().anyMatch(other -> other.product().equals(member.product()) && Objects.equals(other.addOn(), member.addOn()))) {
            throw HeadroomException.invalid(path, "This is in the bundle already");
        }
        return member;
    }

    private static Member member(String path, NewMember wanted, CatalogSnapshot catalog) {
        if ((wanted.product() == null) == (wanted.addOn() == null)) {
            throw HeadroomException.invalid(path + "product", "Give either product or addOn");
        }
        boolean reduced = !Boolean.FALSE.equals(wanted.reduced());
        return wanted.product() == null
                ? of(catalog.requireAddOn(path + "addOn", String.valueOf(wanted.addOn())).requireForAll(path + "addOn"), reduced)
                : new Member(catalog.requireProduct(path + "product", wanted.product()).id(), null, reduced);
    }

    private static Member of(Plan addOn, boolean reduced) {
        return new Member(addOn.product(), addOn.id(), reduced);
    }
}
