package dev.headroom.console.account;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.badge.Badge;
import com.vaadin.flow.component.badge.BadgeVariant;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextField;
import dev.headroom.actor.Permission;
import dev.headroom.catalog.Feature;
import dev.headroom.console.DataTable;
import dev.headroom.console.EmptyState;
import dev.headroom.console.Figures;
import dev.headroom.console.FormDialog;
import dev.headroom.console.SignedIn;
import dev.headroom.console.When;
import dev.headroom.console.Words;
import dev.headroom.entitlement.Grant;
import dev.headroom.entitlement.Grants;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** What an account was given beside what it bought: what, why, by whom and until when; and, for those who may, giving and taking back. */
final class GrantPanel extends Div {

    private static final int MOST = 200;

    private final AccountReading reading;
    private final Grants grants;
    private final SignedIn signedIn;
    private final Instant now;
    private final ActorText actors;
    private final Runnable changed;

    GrantPanel(AccountReading reading, Grants grants, SignedIn signedIn, Instant now, Runnable changed) {
        this.reading = reading;
        this.grants = grants;
        this.signedIn = signedIn;
        this.now = now;
        this.actors = new ActorText(reading, signedIn);
        this.changed = changed;
        boolean may = signedIn.may(Permission.ACCOUNTS);
        List<Grant> given = grants.ofAccount(signedIn.actor(), reading.account().id(), MOST);
        if (may) {
            Button give = new Button(translate("grant.new"), click -> new GrantDialog(reading, grants, signedIn.actor(), changed).open());
            Div toolbar = new Div(give);
            toolbar.addClassName("toolbar");
            add(toolbar);
        }
        add(given.isEmpty() ? new EmptyState(translate("grant.none"), translate("grant.none.why")) : table(given, may));
    }

    private Component table(List<Grant> given, boolean may) {
        DataTable table = new DataTable(
                translate("grant.title"), translate("grant.what"), translate("grant.state"), translate("grant.why"), translate("grant.when"),
                translate("grant.by"), translate("grant.acts"));
        given.forEach(grant -> table.row(what(grant), state(grant), why(grant), when(grant), by(grant), may ? acts(grant) : new Text("")));
        return table;
    }

    private Component what(Grant grant) {
        return stacked(feature(grant).name(), amount(grant));
    }

    private Feature feature(Grant grant) {
        return reading.catalog().feature(grant.feature());
    }

    private String amount(Grant grant) {
        return switch (feature(grant).kind()) {
            case GATE -> translate("entitlement.included");
            case SETTING -> String.valueOf(grant.setting());
            case ALLOWANCE, METER -> grant.units() == null
                    ? translate("figure.unlimited")
                    : translate("grant.units.of", Figures.number(grant.units()), feature(grant).unit());
        };
    }

    private Component state(Grant grant) {
        Grant.State state = grant.state(now);
        Badge badge = new Badge(Words.of(state));
        badge.addThemeVariants(switch (state) {
            case ACTIVE -> BadgeVariant.SUCCESS;
            case PENDING -> BadgeVariant.WARNING;
            case EXPIRED, REVOKED -> BadgeVariant.CONTRAST;
        });
        return badge;
    }

    private static Component why(Grant grant) {
        return Optional.ofNullable(grant.revocation())
                .map(revocation -> stacked(grant.reason(), Words.of(grant.kind()), translate("grant.revoked.because", revocation.reason())))
                .orElseGet(() -> stacked(grant.reason(), Words.of(grant.kind())));
    }

    private Component when(Grant grant) {
        ZoneId zone = reading.account().zone();
        Div when = new Div(When.day(grant.from(), zone));
        Instant until = grant.until();
        when.add(until == null ? new Span(translate("grant.forever")) : new Span(new Text(translate("grant.until") + " "), When.day(until, zone)));
        when.addClassName("stacked");
        return when;
    }

    private Component by(Grant grant) {
        return stacked(actors.of(grant.givenBy()), When.dayText(grant.givenAt(), reading.account().zone()));
    }

    private Component acts(Grant grant) {
        boolean over = switch (grant.state(now)) {
            case PENDING, ACTIVE -> false;
            case EXPIRED, REVOKED -> true;
        };
        if (over) {
            return new Text("");
        }
        Button revoke = new Button(translate("grant.revoke"), click -> revoke(grant));
        revoke.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL, ButtonVariant.ERROR);
        revoke.setAriaLabel(translate("grant.revoke.title", feature(grant).name()));
        Div acts = new Div(revoke);
        acts.addClassName("acts");
        return acts;
    }

    private void revoke(Grant grant) {
        TextField reason = new TextField(translate("grant.revoke.reason"));
        reason.setHelperText(translate("grant.revoke.meaning"));
        reason.setWidthFull();
        new FormDialog(translate("grant.revoke.title", feature(grant).name()), translate("grant.revoke.act"), () -> {
            grants.revoke(signedIn.actor(), grant.id().toString(), reason.getValue());
            changed.run();
        }, reason).with("input.reason", reason).open();
    }

    private static Component stacked(String first, String... more) {
        Div stacked = new Div(new Span(first));
        stacked.addClassName("stacked");
        for (String each : more) {
            Span line = new Span(each);
            line.addClassName("quiet");
            stacked.add(line);
        }
        return stacked;
    }
}
