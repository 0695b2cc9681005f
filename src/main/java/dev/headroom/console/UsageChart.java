package dev.headroom.console;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import com.vaadin.flow.component.dependency.NpmPackage;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Bars, drawn by Apache ECharts; whoever shows it says the same in words and in a table, which this is only the picture of. */
@Tag("usage-chart")
@NpmPackage(value = "echarts", version = "6.1.0")
@JsModule("./charts/usage-chart.ts")
public final class UsageChart extends Component {

    private static final JsonMapper JSON = JsonMapper.shared();

    /**
     * @param labels  what each bar is called, as it is read
     * @param shown   the values as they are read
     * @param running what is said of the last bar while it goes on; absent when it has ended
     * @param named   whether each bar has a name that must be read, and not only a place in time
     * @param begins  from where each bar goes on; empty where all begin at nothing
     */
    public record Picture(List<String> labels, List<Long> values, List<String> shown, @Nullable String running, boolean named, List<Long> begins) {

        public Picture {
            labels = List.copyOf(labels);
            values = List.copyOf(values);
            shown = List.copyOf(shown);
            begins = List.copyOf(begins);
        }

        /** One bar after another in time, the last of which may still be running. */
        public static Picture overTime(List<String> labels, List<Long> values, List<String> shown, @Nullable String running) {
            return new Picture(labels, values, shown, running, false, List.of());
        }

        /** One bar beside another. */
        public static Picture byName(List<String> labels, List<Long> values, List<String> shown) {
            return new Picture(labels, values, shown, null, true, List.of());
        }

        /** One bar on top of another, or below it where it takes something away. */
        public static Picture steps(List<String> labels, List<Long> begins, List<Long> values, List<String> shown) {
            return new Picture(labels, values, shown, null, true, begins);
        }
    }

    /** @param summary what there is to see, in a sentence */
    public UsageChart(Picture picture, String summary) {
        getElement().setAttribute("role", "img");
        getElement().setAttribute("aria-label", summary);
        getElement().setAttribute("picture", JSON.writeValueAsString(picture));
    }
}
