"""estimate: the methods of src/estimate on published tables, on two threads: their speed, how near the latent
classes are to a run ten times as long, whether they are calibrated, and how often intervals hold the truth. The peer
of the integrated sampler is a plain Gibbs sampler of the same model in the same program."""

from measure import HERE, Table, median, verdict, whole

TITLE = "Estimates"
RUNS = 5
TABLES = HERE.parent.parent / "examples" / "overlap"


def work(bench, *words):
    return [float(word) for word in bench.run(bench.program("estimate-work"), *words).out.split()]


def times(bench, *words):
    return median([work(bench, *words)[0] for _ in range(RUNS)])


def milliseconds(seconds):
    return f"{1000 * seconds:.1f} ms"


def speed_rows(bench):
    models = times(bench, "catalogue", TABLES / "kosovo.csv", 21)
    resamples = bench.count(1000, 100)
    interval = times(bench, "bootstrap", TABLES / "artificial_5.csv", resamples, 2)
    larger = times(bench, "bootstrap", TABLES / "ukdat_5.csv", resamples, 2)
    graphs = [work(bench, "graphs", TABLES / "ned_5.csv") for _ in range(RUNS)]
    seconds, memory = median([run[0] for run in graphs]), max(run[1] for run in graphs)
    return [
        ["113 log-linear models of `kosovo.csv`", milliseconds(models), f"10 ms: {verdict(models <= 0.01)}"],
        [f"BCa interval of `artificial_5.csv` (5 lists, 13 cells), {whole(resamples)} resamples",
         milliseconds(interval), f"200 ms: {verdict(interval <= 0.2)}"],
        [f"the same of `ukdat_5.csv` (5 lists, 18 cells)", milliseconds(larger), ""],
        ["822 decomposable graphs of `ned_5.csv`", f"{milliseconds(seconds)}, {memory:.0f} MB",
         f"100 ms, 20 MB: {verdict(seconds <= 0.1 and memory <= 20)}"],
    ]


def latent(bench, table, draws, seed, how):
    return work(bench, "latent", TABLES / table, 10, draws, 2, seed, how)


def latent_rows(bench):
    draws = bench.count(5000, 200)
    runs = [latent(bench, "kosovo.csv", draws, seed, "integrated") for seed in range(1, RUNS + 1)]
    plain = [latent(bench, "kosovo.csv", 4 * draws, seed, "gibbs") for seed in range(1, RUNS + 1)]
    rate, plain_rate = median([run[2] / run[0] for run in runs]), median([run[2] / run[0] for run in plain])
    long = latent(bench, "kosovo.csv", 10 * draws, 100, "integrated")
    off = max(abs(run[i] / long[i] - 1) for run in runs for i in (4, 5, 6))
    ned = latent(bench, "ned.csv", draws, 1, "integrated")
    return [
        ["latent classes of `kosovo.csv`, K = 10", f"{whole(rate)} effective draws a second",
         f"2,500: {verdict(rate >= 2500)}"],
        ["a plain Gibbs sampler of them", f"{whole(plain_rate)} effective draws a second", ""],
        ["2.5, 50 and 97.5% against a run ten times as long", f"{100 * off:.2f}% off at the most",
         f"1%: {verdict(off <= 0.01)}"],
        ["latent classes of `ned.csv`", f"R\u0302 {ned[1]:.4f}, {whole(ned[2])} effective draws in {ned[0]:.1f} s",
         f"1.01, 400: {verdict(ned[1] < 1.01 and ned[2] >= 400)}"],
    ]


def cover_row(bench, mode, whence):
    populations = bench.count(500, 20)
    alone, covered, below, above, width = work(bench, mode, populations)
    return [f"{whole(populations)} populations of 2,000 {whence}, 4 lists",
            f"{100 * covered:.1f}% of the intervals reported hold the truth, {100 * below:.1f}% end below it, "
            f"{100 * above:.1f}% begin above it; they are {width:.2f} N wide. With one prior alone: {100 * alone:.1f}%",
            f"90 to 98%: {verdict(0.9 <= covered <= 0.98)}"]


def truth_rows(bench):
    tables = bench.count(1000, 40)
    tenths = work(bench, "calibrate", tables)
    squares = sum((found - tables / 10) ** 2 / (tables / 10) for found in tenths)
    return [
        [f"calibration over {whole(tables)} tables drawn from the prior",
         f"\u03c7\u00b2 {squares:.1f} with 9 degrees of freedom", f"27.9 (99.9%): {verdict(squares < 27.9)}"],
        cover_row(bench, "cover", "drawn from the prior"),
        cover_row(bench, "cover-two", "in two classes of like size"),
    ]


def run(bench):
    return Table(["what", "result", "target"], [*speed_rows(bench), *latent_rows(bench), *truth_rows(bench)])
