package dev.headroom.guard.samples.audit;

/** An interface with one implementation. */
public interface Recorder {

    void record(String what);

    /** The one. */
    final class ToNowhere implements Recorder {

        @Override
        public void record(String what) {}
    }
}
