package dev.headroom.console.publish;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Route;
import dev.headroom.actor.Permission;
import dev.headroom.console.ConsolePage;
import dev.headroom.console.DataTable;
import dev.headroom.console.Figures;
import dev.headroom.console.QueryTabs;
import dev.headroom.console.SignedIn;
import dev.headroom.console.audit.Activity;
import dev.headroom.rollout.PublishingPolicies;
import dev.headroom.rollout.PublishingPolicy;
import jakarta.annotation.security.PermitAll;

/** What publishing is held to: everybody reads it before they meet it, and an owner changes it. */
@Route(PolicyView.PATH)
@PermitAll
class PolicyView extends ConsolePage implements BeforeEnterObserver {

    static final String PATH = "publishing";

    private final SignedIn signedIn;
    private final PublishingPolicies policies;
    private final Activity activity;
    private final Div rules = new Div();
    private final Div content = new Div();

    PolicyView(SignedIn signedIn, PublishingPolicies policies, Activity activity) {
        this.signedIn = signedIn;
        this.policies = policies;
        this.activity = activity;
        title(translate("policy.title"));
        actions(act());
        rules.addClassNames("list", "wrapping");
        add(content);
    }

    private Component act() {
        if (!signedIn.may(Permission.ADMIN)) {
            Span why = new Span(translate("policy.forbidden"));
            why.addClassName("quiet");
            return why;
        }
        Button change = new Button(translate("policy.change"), click -> new PolicyForm(signedIn, policies, this::show).open());
        change.addThemeVariants(ButtonVariant.PRIMARY);
        return change;
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        show();
        QueryTabs tabs = new QueryTabs(PATH)
                .with("rules", translate("policy.rules"), rules)
                .with(Activity.TAB, translate("audit.activity"), () -> activity.of(signedIn, PublishingPolicies.SUBJECT, PublishingPolicies.ONLY));
        tabs.follow(event.getLocation().getQueryParameters());
        content.removeAll();
        content.add(tabs);
    }

    private void show() {
        PublishingPolicy now = policies.current(signedIn.actor());
        Paragraph meaning = new Paragraph(translate("policy.meaning"));
        meaning.addClassName("quiet");
        DataTable table = new DataTable(translate("policy.title"), translate("policy.rule"), translate("policy.holds"), translate("policy.why"));
        row(table, translate("policy.editor"), translate(now.editorMayPublish() ? "policy.editor.may" : "policy.editor.not"), translate("policy.editor.why"));
        row(table, translate("policy.confirm"), translate("policy.confirm.above", Figures.number(now.confirmAbove())), translate("policy.confirm.why"));
        row(table, translate("policy.rise"), days(now.riseNoticeDays()), translate("policy.rise.why"));
        row(table, translate("policy.notice"), days(now.noticeDays()), translate("policy.notice.why"));
        row(table, translate("policy.most"), now.mostRisePercent() == null ? translate("publish.fact.unbounded") : Figures.percent(now.mostRisePercent()),
                translate("policy.most.why"));
        rules.removeAll();
        rules.add(meaning, table);
    }

    private static void row(DataTable table, String rule, String holds, String why) {
        Span quiet = new Span(why);
        quiet.addClassName("quiet");
        table.row(new Text(rule), new Text(holds), quiet);
    }

    private static String days(int days) {
        return translate("publish.fact.days", days);
    }
}
