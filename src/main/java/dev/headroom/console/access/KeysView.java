package dev.headroom.console.access;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.Route;
import dev.headroom.actor.Actor;
import dev.headroom.console.ConsolePage;
import dev.headroom.console.Csv;
import dev.headroom.console.DataTable;
import dev.headroom.console.SignedIn;
import dev.headroom.console.When;
import dev.headroom.console.Words;
import dev.headroom.identity.ApiKey;
import dev.headroom.identity.ApiKeys;
import jakarta.annotation.security.RolesAllowed;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** The credentials of the vendor's backend: what each may do, from where its tokens are accepted, and whether it is in use. */
@Route(KeysView.PATH)
@RolesAllowed("OWNER")
class KeysView extends ConsolePage {

    static final String PATH = "keys";
    static final String CREATE = "create";
    private static final List<String> COLUMNS = List.of("name", "hint", "permissions", "origins", "created_at", "last_used_at", "revoked_at");

    private final ApiKeys keys;
    private final SignedIn signedIn;
    private final Div list = new Div();
    private final KeyDialogs dialogs;

    KeysView(ApiKeys keys, SignedIn signedIn) {
        this.keys = keys;
        this.signedIn = signedIn;
        this.dialogs = new KeyDialogs(keys, signedIn, this::show);
        title(translate("key.list.title"));
        Button create = new Button(translate("key.new"), click -> dialogs.create());
        create.addThemeVariants(ButtonVariant.PRIMARY);
        Actor reader = signedIn.actor();
        actions(Csv.link(translate("csv.download"), "keys", COLUMNS, csv -> keys.all(reader).forEach(key -> csv.row(
                key.name(), key.hint(), joined(key.permissions()), joined(key.origins()), key.createdAt(), key.lastUsedAt(), key.revokedAt()))), create);
        begins(CREATE, dialogs::create);
        list.addClassNames("list", "wrapping");
        add(list);
        show();
    }

    private static String joined(Collection<?> words) {
        return words.stream().map(String::valueOf).sorted().collect(Collectors.joining(" "));
    }

    private void show() {
        DataTable table = new DataTable(
                translate("key.list.title"), translate("key.name"), translate("key.permissions"), translate("key.origins"),
                translate("key.used"), translate("key.acts"));
        keys.all(signedIn.actor()).forEach(key -> table.row(
                name(key), new Text(permissions(key)), origins(key), used(key), acts(key)));
        list.removeAll();
        list.add(table);
    }

    private static Component name(ApiKey key) {
        Code hint = new Code(key.hint() + "…");
        hint.addClassName("quiet");
        Div name = new Div(new Span(key.name()), hint);
        if (key.active() && key.previousUntil() != null) {
            Span overlap = new Span(translate("key.previous", When.minuteText(key.previousUntil(), ZoneOffset.UTC)));
            overlap.addClassName("quiet");
            name.add(overlap);
        }
        name.addClassName("stacked");
        return name;
    }

    private static Component used(ApiKey key) {
        Span since = new Span(translate("key.since", When.dayText(key.createdAt(), ZoneOffset.UTC)));
        since.addClassName("quiet");
        Div used = new Div(key.lastUsedAt() == null ? new Span(translate("key.unused")) : When.minute(key.lastUsedAt(), ZoneOffset.UTC), since);
        used.addClassName("stacked");
        return used;
    }

    private static String permissions(ApiKey key) {
        return key.permissions().stream().sorted().map(Words::of).collect(Collectors.joining(", "));
    }

    private static Component origins(ApiKey key) {
        if (key.origins().isEmpty()) {
            return new Text(translate("key.origins.none"));
        }
        Div origins = new Div();
        origins.addClassName("stacked");
        key.origins().stream().sorted().map(KeysView::clipped).forEach(origins::add);
        return origins;
    }

    /** Whole where there is room, and told whole where there is none. */
    private static Span clipped(String origin) {
        Span clipped = new Span(origin);
        clipped.addClassName("clipped");
        clipped.setTitle(origin);
        return clipped;
    }

    private Component acts(ApiKey key) {
        if (!key.active()) {
            return new Text(translate("key.revoked"));
        }
        Button change = new Button(translate("key.change"), click -> dialogs.change(key));
        Button rotate = new Button(translate("key.rotate"), click -> dialogs.rotate(key));
        Button revoke = new Button(translate("key.revoke"), click -> dialogs.revoke(key));
        List.of(change, rotate, revoke).forEach(button -> button.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL));
        revoke.addThemeVariants(ButtonVariant.ERROR);
        change.setAriaLabel(translate("key.change.of", key.name()));
        rotate.setAriaLabel(translate("key.rotate.of", key.name()));
        revoke.setAriaLabel(translate("key.revoke.title", key.name()));
        Div acts = new Div(change, rotate, revoke);
        acts.addClassName("acts");
        return acts;
    }
}
