package dev.headroom.console.publish;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Span;
import dev.headroom.console.change.Notice;
import java.util.List;

/** Steps to one act, among which one goes back and forth: what was said in one is kept meanwhile, and while it is closed. @param <S> the steps, in their order */
@StyleSheet("steps.css")
@StyleSheet("drafts.css")
abstract class StepsDialog<S extends Enum<S>> extends Dialog {

    private final List<S> steps;
    private final OrderedList way = new OrderedList();
    private final H2 heading = new H2();
    private final Div news = new Div();
    private final Div body = new Div();
    private final Span waiting = new Span();
    private final Button back = new Button(translate("publish.back"), click -> step(-1));
    private final Button next = new Button(translate("publish.next"), click -> step(1));
    private final Button act = new Button("", click -> pressed());
    private S at;

    /** An overlay gives the focus to its first button once it is drawn: then, and not when somebody moves it, it belongs to what the step is called. */
    private static final String BEGIN_AT = """
            const leave = () => {
              this.removeEventListener('focusin', begin);
              ['keydown', 'pointerdown'].forEach(act => removeEventListener(act, leave, true));
            };
            const begin = event => {
              if (event.target !== $0) {
                leave();
                $0.focus();
              }
            };
            this.addEventListener('focusin', begin);
            ['keydown', 'pointerdown'].forEach(act => addEventListener(act, leave, true));
            setTimeout(leave, 1000);
            """;

    StepsDialog(List<S> steps) {
        this.steps = steps;
        this.at = steps.getFirst();
        addClassName("publish");
        way.addClassName("steps");
        way.getElement().setAttribute("aria-label", translate("publish.steps"));
        news.addClassName("news");
        waiting.addClassName("quiet");
        waiting.getElement().setAttribute("role", "status");
        next.addThemeVariants(ButtonVariant.PRIMARY);
        act.addThemeVariants(ButtonVariant.PRIMARY);
        act.setDisableOnClick(true);
        add(way, heading, news, body);
        getFooter().add(waiting, new Button(translate("publish.close"), click -> close()), back, next, act);
    }

    abstract String title(S step);

    abstract Component content(S step);

    /** Whether a step may be come to as things stand; what is in the way is marked. */
    abstract boolean mayCome(S to);

    /** Whether one may go on from a step. */
    abstract boolean maySeeNext(S from);

    /** What happens, as the button says it before it is pressed. */
    abstract String saidOnButton();

    /** Of the last step. */
    abstract void act();

    void begin(String title) {
        setHeaderTitle(title);
        news.removeAll();
        open();
        go(steps.getFirst());
        getElement().executeJs(BEGIN_AT, heading);
    }

    private void step(int by) {
        go(steps.get(steps.indexOf(at) + by));
    }

    private void pressed() {
        act.setEnabled(true);
        act();
    }

    void go(S wanted) {
        if (!mayCome(wanted)) {
            return;
        }
        at = wanted;
        body.removeAll();
        body.add(content(wanted));
        heading.setText(title(wanted));
        way.removeAll();
        for (S step : steps) {
            ListItem item = new ListItem(title(step));
            item.getElement().setAttribute("aria-current", step == wanted ? "step" : "false");
            way.add(item);
        }
        boolean last = wanted == steps.getLast();
        back.setVisible(wanted != steps.getFirst());
        next.setVisible(!last);
        act.setVisible(last);
        act.setEnabled(true);
        act.setText(saidOnButton());
        allow();
        Notice.focus(heading);
    }

    /** Looks once more whether one may go on. */
    void allow() {
        boolean seen = maySeeNext(at);
        next.setEnabled(seen);
        waiting.setText(seen ? "" : translate("publish.unseen"));
    }

    void forgetNews() {
        news.removeAll();
    }

    void say(String what, String why) {
        news.removeAll();
        Notice notice = new Notice(Notice.Kind.ERROR, what, why);
        news.add(notice);
        Notice.focus(notice);
    }

    /** Closes it, and goes on at the page below. */
    void leave() {
        close();
        UI.getCurrent().getPage().executeJs("requestAnimationFrame(() => document.querySelector('main h1')?.focus())");
    }
}
