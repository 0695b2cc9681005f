package dev.headroom.exchange;

import dev.headroom.account.Accounts;
import dev.headroom.actor.Actor;
import dev.headroom.catalog.CatalogSnapshot;
import dev.headroom.catalog.CreateAddOn;
import dev.headroom.catalog.CreateAddOn.NewAddOnEntitlement;
import dev.headroom.catalog.CreatePlan;
import dev.headroom.catalog.CreatePlan.NewEntitlement;
import dev.headroom.catalog.CreatePlan.NewOwnPrice;
import dev.headroom.catalog.CreatePlan.OveragePrice;
import dev.headroom.catalog.Plan;
import dev.headroom.catalog.Plan.OwnPrice;
import dev.headroom.catalog.PlanId;
import dev.headroom.catalog.PlanVersion;
import dev.headroom.catalog.PlanVersion.PlanPrice;
import dev.headroom.catalog.PlanVersionId;
import dev.headroom.catalog.PriceId;
import dev.headroom.catalog.Product;
import dev.headroom.draft.Draft;
import dev.headroom.draft.Drafts;
import dev.headroom.draft.Drafts.Wanted;
import dev.headroom.exchange.FileDifference.Effect;
import dev.headroom.exchange.FileDifference.Subject;
import dev.headroom.exchange.CatalogFile.OwnPart;
import dev.headroom.exchange.CatalogFile.PlanPart;
import dev.headroom.exchange.CatalogFile.ProductPart;
import dev.headroom.id.Ids;
import dev.headroom.money.Currencies;
import dev.headroom.pricing.Price;
import dev.headroom.sheet.EntitlementLine;
import dev.headroom.sheet.Finding;
import dev.headroom.sheet.PlanSheet;
import dev.headroom.sheet.PriceLine;
import dev.headroom.sheet.VersionDiff;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Compares plans and add-ons: a new one goes on sale, for nobody is on it, where whoever compares may put it there, and is prepared in a draft else; one that is sold is
 * prepared in a draft, and stays as it is.
 */
final class PlanComparing {

    private static final Actor.System SELF = new Actor.System("exchange");

    private final Comparing to;
    private final Accounts accounts;

    PlanComparing(Comparing to, Accounts accounts) {
        this.to = to;
        this.accounts = accounts;
    }

    /** Those that are new, as far as they can be read, so that everything else in the file can name them. */
    void imagine(ProductPart part) {
        Product product = to.imagined().requireProduct("key", part.product().key());
        for (PlanPart each : inOrder(part)) {
            if (there(each).isEmpty()) {
                PlanSheet sheet = each.sheet();
                Plan plan = new Plan(
                        new PlanId(Ids.next()), product.id(), key(sheet), Objects.requireNonNullElse(sheet.name(), ""), "", Objects.requireNonNullElse(sheet.rank(), 0),
                        each.kind(), sheet.visibility(), own(each).orElse(null));
                List<PlanPrice> prices = sheet.prices().stream().map(PriceLine::price).flatMap(Optional::stream).map(price -> new PlanPrice(new PriceId(Ids.next()), price)).toList();
                to.imagine(to.imagined().with(PlanVersion.of(new PlanVersionId(Ids.next()), plan, 1, PlanVersion.State.PUBLISHED, to.now(), prices, List.of())));
            }
        }
    }

    private static String key(PlanSheet sheet) {
        return Objects.requireNonNull(sheet.key());
    }

    /** What is sold under its key, be it what it may. */
    private Optional<Plan> there(PlanPart part) {
        return to.known().plans().filter(plan -> plan.key().equals(part.sheet().key())).findFirst();
    }

    void compare(ProductPart part) {
        Product product = to.imagined().requireProduct("key", part.product().key());
        inOrder(part).forEach(each -> compare(each, product));
    }

    /** What is one account's own is made after that instead of which it is. */
    private static List<PlanPart> inOrder(ProductPart part) {
        return part.plans().stream().sorted(Comparator.comparing(each -> each.own() != null)).toList();
    }

    private void compare(PlanPart part, Product product) {
        Optional<Plan> there = there(part);
        if (there.filter(plan -> plan.kind() != part.kind() || !plan.product().equals(product.id())).isPresent()) {
            Plan other = there.get();
            to.wrong(part.path() + ".key", "The key \"" + other.key() + "\" is that of " + (other.tier() ? "a plan" : "an add-on") + " of the product \""
                    + to.imagined().product(other.product()).key() + "\"; plans and add-ons keep their product, and no two have one key");
            return;
        }
        Plan plan = there.orElseGet(() -> imagined(part));
        List<Finding> findings = to.imagined().findings(part.sheet(), plan.id(), product.id(), part.kind());
        for (Finding finding : findings) {
            String path = part.path() + "." + finding.path();
            if (!finding.blocks()) {
                to.warn(path, finding.message());
            } else if (finding.rule() == Finding.Rule.REQUIRED) {
                to.missing(path, finding.message());
            } else {
                to.wrong(path, finding.message());
            }
        }
        if (findings.stream().noneMatch(Finding::blocks) && owned(part, product, there)) {
            differs(part, product, there);
        }
    }

    /** As far as what it names is there. */
    private Optional<OwnPrice> own(PlanPart part) {
        return Optional.ofNullable(part.own()).flatMap(own -> account(own).flatMap(account -> instead(part, own).map(plan -> new OwnPrice(account, plan.id()))));
    }

    private Optional<UUID> account(OwnPart own) {
        return Optional.ofNullable(accounts.byKeys(SELF, List.of(own.account())).get(own.account())).map(account -> account.id().value());
    }

    private Optional<Plan> instead(PlanPart part, OwnPart own) {
        CatalogSnapshot sold = to.known().may().sell() ? to.imagined() : to.known().catalog();
        return (part.kind() == Plan.Kind.TIER ? sold.plan(own.insteadOf()) : sold.addOn(own.insteadOf())).filter(plan -> plan.own() == null);
    }

    /** Whose it is stays as it was made, and what is new names what is there. */
    private boolean owned(PlanPart part, Product product, Optional<Plan> there) {
        OwnPart own = part.own();
        if (there.isPresent()) {
            OwnPart made = to.known().own(there.get()).orElse(null);
            if (!Objects.equals(made, own)) {
                to.wrong(part.path() + (own == null ? ".key" : ".account"), "\"" + there.get().key() + "\" " + (made == null
                        ? "is for every account" : "is the own price of the account \"" + made.account() + "\" in the place of \"" + made.insteadOf() + "\"") + ", and stays so");
            }
            return Objects.equals(made, own);
        }
        if (own != null && account(own).isEmpty()) {
            to.wrong(part.path() + ".account", "No account has the key \"" + own.account() + "\"");
        }
        boolean instead = own == null || instead(part, own).filter(plan -> plan.product().equals(product.id())).isPresent();
        if (!instead) {
            to.wrong(part.path() + ".insteadOf", "The product has no " + (part.kind() == Plan.Kind.TIER ? "plan" : "add-on") + " \"" + own.insteadOf() + "\" that every account may have");
        }
        return instead && (own == null || account(own).isPresent());
    }

    private Plan imagined(PlanPart part) {
        CatalogSnapshot imagined = to.imagined();
        return imagined.plan(key(part.sheet())).or(() -> imagined.addOn(key(part.sheet()))).orElseThrow();
    }

    private void differs(PlanPart part, Product product, Optional<Plan> there) {
        PlanSheet wanted = part.sheet();
        if (there.isEmpty()) {
            begins(part, product);
            return;
        }
        Plan plan = there.get();
        PlanSheet sold = to.known().catalog().onSale(plan).orElseGet(() -> to.known().catalog().versionsOf(plan).getLast()).sheet();
        VersionDiff diff = VersionDiff.of(sold, wanted);
        if (!diff.identical()) {
            draft(part, to.known().drafts().get(plan.id()), new Wanted.Next(part.kind(), plan.key()), diff, null);
        }
    }

    private void begins(PlanPart part, Product product) {
        String key = key(part.sheet());
        VersionDiff diff = VersionDiff.of(PlanSheet.blank(key), part.sheet());
        Draft open = to.known().begun().get(key);
        String whose = part.own() == null ? "" : ", for the account \"" + part.own().account() + "\" alone, in the place of \"" + part.own().insteadOf() + "\"";
        if (to.known().may().sell()) {
            List<String> words = new ArrayList<>(List.of(whose.isEmpty() ? "It goes on sale at once: nobody is on it" : "It goes on sale at once" + whose));
            if (open != null) {
                words.add("The draft that is open under its key, changed last by " + open.changed().by() + ", can be published no more");
            }
            words.addAll(words(part, diff));
            to.differs(part.path(), subject(part.kind()), Effect.CREATED, key, words);
            to.act(made(part, product));
        } else if (open == null || same(open, part, product)) {
            draft(part, open, wanted(part, product), diff, "It is prepared in a draft, which somebody else publishes" + whose + "; offers, bundles and rules can name it from then on");
        } else {
            to.wrong(part.path() + ".key", "A draft of another product or kind, or of somebody's own price, is open under the key \"" + key + "\"");
        }
    }

    private boolean same(Draft open, PlanPart part, Product product) {
        return open.subject().kind() == part.kind() && open.subject().product().equals(product.id()) && Objects.equals(open.subject().account(), own(part).map(OwnPrice::account).orElse(null));
    }

    private Wanted wanted(PlanPart part, Product product) {
        return own(part).<Wanted>map(own -> new Wanted.Own(part.kind(), Objects.requireNonNull(part.own()).insteadOf(), own.account(), key(part.sheet())))
                .orElseGet(() -> new Wanted.New(part.kind(), product.key(), key(part.sheet())));
    }

    private void draft(PlanPart part, @Nullable Draft open, Wanted wanted, VersionDiff diff, @Nullable String first) {
        List<String> words = new ArrayList<>(Stream.ofNullable(first).toList());
        words.addAll(words(part, diff));
        if (open != null && VersionDiff.of(open.sheet(), part.sheet()).identical()) {
            to.differs(part.path(), subject(part.kind()), Effect.WAITING, key(part.sheet()), words);
            return;
        }
        if (open != null) {
            words.add("The draft that is open, changed last by " + open.changed().by() + ", loses: "
                    + String.join("; ", words(part, VersionDiff.of(part.sheet(), open.sheet()))));
        }
        to.differs(part.path(), subject(part.kind()), Effect.DRAFTED, key(part.sheet()), words);
        to.act(new Act.Write(to.command(part.path()), wanted, open, part.sheet()));
    }

    private List<String> words(PlanPart part, VersionDiff diff) {
        return Drafts.sentences(diff, part.kind(), to.imagined(), to.locale());
    }

    private static Subject subject(Plan.Kind kind) {
        return switch (kind) {
            case TIER -> Subject.PLAN;
            case ADD_ON -> Subject.ADD_ON;
        };
    }

    private Act made(PlanPart part, Product product) {
        PlanSheet sheet = part.sheet();
        String name = Objects.requireNonNull(sheet.name());
        int rank = Objects.requireNonNull(sheet.rank());
        List<Price> prices = sheet.prices().stream().map(line -> line.price().orElseThrow()).toList();
        return switch (part.kind()) {
            case TIER -> new Act.MakePlan(new CreatePlan(
                    to.command(part.path()), product.key(), key(sheet), name, sheet.description(), rank, prices, sheet.entitlements().stream().map(PlanComparing::granted).toList(),
                    sheet.visibility(), command(part)));
            case ADD_ON -> new Act.MakeAddOn(new CreateAddOn(
                    to.command(part.path()), product.key(), key(sheet), name, sheet.description(), rank, prices,
                    sheet.entitlements().stream().map(line -> new NewAddOnEntitlement(line.feature(), line.included(), line.setting())).toList(), sheet.visibility(), command(part)));
        };
    }

    private @Nullable NewOwnPrice command(PlanPart part) {
        return own(part).map(own -> new NewOwnPrice(own.account(), to.imagined().plan(own.insteadOf()).key())).orElse(null);
    }

    private static NewEntitlement granted(EntitlementLine line) {
        return new NewEntitlement(
                line.feature(), line.included(), line.policy(), line.softLimit(), line.graceDays(), line.gracePercent(), line.setting(),
                line.overage().stream().map(each -> new OveragePrice(
                        Currencies.parse(Objects.requireNonNull(each.currency())), new BigDecimal(Objects.requireNonNull(each.unitMinor()).strip()))).toList());
    }
}
