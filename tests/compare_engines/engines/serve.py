"""The part that the Python workers share: windows, time, and the lines that they are asked in."""

import json
import resource
import sys
import threading
import time


def window(vocabulary, length, number):
    """A window of ids; `candle_forward` has the same rule, so that results can be compared."""
    return [5 + (place * 7919 + number * 104729) % (vocabulary - 5) for place in range(length)]


def windows_per_second(runs, windows, seconds):
    """Each of `runs` goes through the windows in a thread of its own until the time is over."""
    barrier = threading.Barrier(len(runs))
    rates = [0.0] * len(runs)

    def work(number):
        for ids in windows[:2]:
            runs[number](ids)
        barrier.wait()
        begin, finished = time.perf_counter(), 0
        while time.perf_counter() - begin < seconds:
            runs[number](windows[finished % len(windows)])
            finished += 1
        rates[number] = finished / (time.perf_counter() - begin)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(1, len(runs))]
    for thread in threads:
        thread.start()
    work(0)
    for thread in threads:
        thread.join()
    return sum(rates)


def say(**answer):
    print(json.dumps(answer), flush=True)


def serve(runs, as_input, vocabulary, about):
    """Answers until the standard input ends. A run takes a window and gives its hidden states, `[1, tokens, width]`."""
    say(ready=True)
    for line in sys.stdin:
        length, seconds = int(line.split()[0]), float(line.split()[1])
        windows = [as_input(window(vocabulary, length, number)) for number in range(8)]
        first = runs[0](windows[0])[0, 0, :4].tolist()
        rate = windows_per_second(runs, windows, seconds)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        say(windows_per_second=rate, peak_rss_mb=peak, first_values=first, about=about)
