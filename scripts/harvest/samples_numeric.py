"""Arrays, tables and mathematics: numpy, pandas, scipy, xarray, sympy, networkx, astropy, shapely."""

import datetime


def numpy():
    import numpy as np
    for t in "?bhilqBHILQefdgFDG":
        yield "dtype", np.ones(3, t)
    yield "strings", [np.array(["a", "bc"]), np.array([b"a", b"bc"]), np.array(["a", None], object)]
    yield "times", [np.array(["2026-01-01"], "M8[D]"), np.array([1], "m8[s]"), np.datetime64("2026-01-01"), np.timedelta64(1, "h")]
    yield "record", np.array([(1, 2.0)], [("a", "i4"), ("b", "f8", (2,))])
    yield "recarray", np.rec.array([(1, 2.0)], dtype=[("a", "i4"), ("b", "f8")])
    yield "record_scalar", np.rec.array([(1, 2.0)], dtype=[("a", "i4"), ("b", "f8")])[0]
    yield "void", np.array([(1, 2.0)], [("a", "i4"), ("b", "f8")])[0]
    yield "masked", [np.ma.array([1, 2], mask=[0, 1]), np.ma.masked, np.ma.array([(1, 2.0)], [("a", "i4"), ("b", "f8")])]
    yield "matrix", np.matrix([[1]])
    yield "chararray", np.char.array(["a", "b"])
    yield "empty", [np.zeros((0, 3)), np.array(3.5), np.asfortranarray(np.ones((2, 3))), np.ones((4, 4))[::2, ::2], np.ones(3, ">i4")]
    yield "scalars", [np.float64(1), np.int64(1), np.bool_(1), np.float32(1), np.str_("x"), np.bytes_(b"x"), np.complex128(1j), np.uint8(3), np.float16(1), np.longdouble(1)]
    yield "dtypes", [np.dtype(t) for t in ("f8", "i4", "O", "U3", "S2", "M8[ns]", "m8[D]", "V4", [("a", "i4")], "?", ">f4")] + [np.dtype(("i4", (2, 2)))]
    yield "scalar_types", [np.float64, np.int64, np.bool_, np.ndarray, np.float32, np.generic, np.number, np.floating, np.integer, np.str_, np.object_, np.datetime64]
    yield "functions", [np.mean, np.sum, np.log1p, np.expm1, np.sqrt, np.exp, np.abs, np.median, np.std, np.add, np.linalg.norm, np.nanmean, np.argmax, np.zeros, np.array, np.maximum, np.log, np.sin, np.isnan, np.square]
    for b in (np.random.MT19937, np.random.PCG64, np.random.PCG64DXSM, np.random.Philox, np.random.SFC64):
        yield "generator", np.random.Generator(b(1))
        yield "bit_generator", b(1)
        yield "random_state_of", np.random.RandomState(b(1))
    yield "random_state", [np.random.RandomState(1), np.random.default_rng(1)]
    yield "seed", np.random.SeedSequence(3)
    yield "poly", [np.polynomial.Polynomial([1, 2]), np.poly1d([1, 2]), np.polynomial.Chebyshev([1, 2])]
    yield "vectorize", np.vectorize(float)
    yield "finfo", np.array([np.nan, np.inf])
    yield "index", np.s_[1:2]
    yield "big", np.arange(10000.0)
    yield "memory", np.ones(3).tobytes()
    yield "linalgerror", np.linalg.LinAlgError("x")


def pandas():
    import numpy as np
    import pandas as pd
    idx = [pd.RangeIndex(3), pd.Index([1, 2, 5]), pd.Index([1.5, 2]), pd.Index(["a", "b"]), pd.date_range("2026-01-01", periods=3), pd.date_range("2026-01-01", periods=3, tz="Europe/Berlin"),
           pd.date_range("2026-01-01", periods=3, tz="UTC"), pd.timedelta_range("1D", periods=3), pd.period_range("2026-01", periods=3, freq="M"), pd.CategoricalIndex(["a", "b"]), pd.interval_range(0, 3),
           pd.MultiIndex.from_product([["a", "b"], [1, 2]], names=["x", "y"]), pd.Index([True, False]), pd.date_range("2026-01-01", periods=3, freq="B"), pd.bdate_range("2026-01-01", periods=3, freq="C")]
    for i in idx:
        yield "index", i
        yield "series_over", pd.Series(range(len(i)), i)
        yield "series_of", pd.Series(i) if not isinstance(i, pd.MultiIndex) else i.to_frame()
    for t in ("int64", "Int64", "Float64", "boolean", "string", "category", "float32", "object", "datetime64[ns]", "timedelta64[ns]", "Sparse[int]", "uint8", "UInt8", "complex128"):
        yield "series_" + t.split("[")[0], pd.Series([1, 0, 1], dtype="int64").astype(t) if t not in ("boolean",) else pd.Series([True, None], dtype=t)
    yield "sparse", pd.arrays.SparseArray([0, 0, 1])
    df = pd.DataFrame({"a": [1, 2], "b": [1.5, None], "c": ["x", "y"], "d": pd.Categorical(["p", "q"]), "e": pd.to_datetime(["2026-01-01", None]), "f": [[1], {}], "g": [True, False]})
    yield "frame", df
    yield "frame_empty", pd.DataFrame()
    yield "frame_slice", df[["a", "b"]][:1]
    yield "frame_grouped", df.groupby("a").agg({"b": ["mean", "max"]})
    yield "frame_int", pd.DataFrame(np.ones((3, 3)))
    yield "frame_attrs", df.set_index("c")
    yield "groupby", df.groupby("a")
    yield "rolling", df["a"].rolling(2)
    yield "scalars", [pd.Timestamp("2026-01-01"), pd.Timestamp("2026-01-01", tz="Europe/Berlin"), pd.Timestamp("2026-01-01", tz="UTC"), pd.Timedelta("1D"), pd.Period("2026-01", "M"), pd.Interval(0, 1), pd.NaT, pd.NA]
    for o in (pd.offsets.Day(), pd.offsets.BDay(), pd.offsets.MonthEnd(), pd.DateOffset(months=1), pd.offsets.Hour(2), pd.offsets.Week(weekday=1), pd.offsets.BMonthEnd(), pd.offsets.QuarterEnd(), pd.offsets.YearEnd(),
              pd.offsets.CustomBusinessDay(), pd.offsets.MonthBegin(), pd.offsets.BusinessHour(), pd.offsets.Minute(5), pd.offsets.Second(), pd.offsets.Milli(), pd.offsets.Micro(), pd.offsets.Nano(), pd.offsets.YearBegin(), pd.offsets.QuarterBegin(),
              pd.offsets.SemiMonthEnd(), pd.offsets.BYearEnd(), pd.offsets.BQuarterEnd(), pd.offsets.BMonthBegin(), pd.offsets.WeekOfMonth(), pd.offsets.Easter(), pd.offsets.FY5253()):
        yield "offset", o
    yield "dtypes", [pd.CategoricalDtype(["a"]), pd.Int64Dtype(), pd.StringDtype(), pd.DatetimeTZDtype("ns", "UTC"), pd.PeriodDtype("M"), pd.IntervalDtype("int64"), pd.BooleanDtype(), pd.SparseDtype("int"), pd.Float64Dtype(), pd.Int8Dtype(), pd.UInt16Dtype(), pd.Float32Dtype()]
    yield "grouper", pd.Grouper(key="a")
    yield "flags", df.flags.allows_duplicate_labels
    yield "types", [pd.DataFrame, pd.Series, pd.Timestamp]
    yield "fixed_tz", pd.Timestamp("2026-01-01 00:00+02:00")
    yield "tz_offset", pd.Series(pd.to_datetime(["2026-01-01 00:00+02:00"]))


def scipy():
    import numpy as np
    from scipy import interpolate, optimize, signal, sparse, spatial, stats
    for f in ("bsr", "coo", "csc", "csr", "dia", "dok", "lil"):
        yield f, [getattr(sparse, f + "_matrix")(np.eye(3)), getattr(sparse, f + "_array")(np.eye(3))]
    x = np.arange(6.0)
    for c in ("interp1d", "CubicSpline", "Akima1DInterpolator", "PchipInterpolator", "UnivariateSpline", "InterpolatedUnivariateSpline"):
        yield c, getattr(interpolate, c)(x, x**2)
    yield "bspline", [interpolate.make_interp_spline(x, x), interpolate.PPoly(np.ones((2, 1)), [0, 1]), interpolate.splrep(x, x)]
    yield "grid", interpolate.RegularGridInterpolator((x, x), np.ones((6, 6)))
    yield "rbf", interpolate.RBFInterpolator(np.random.rand(6, 2), x)
    yield "nd", [interpolate.LinearNDInterpolator(np.random.rand(6, 2), x), interpolate.NearestNDInterpolator(np.random.rand(6, 2), x)]
    yield "bivariate", interpolate.RectBivariateSpline(x, x, np.ones((6, 6)))
    yield "kdtree", spatial.KDTree(np.random.rand(6, 2))
    yield "ckdtree", spatial.cKDTree(np.random.rand(6, 2))
    yield "rotation", spatial.transform.Rotation.from_quat([0, 0, 0, 1])
    yield "hull", spatial.ConvexHull(np.random.rand(6, 2))
    for d in ("norm", "gamma", "beta", "uniform", "expon", "poisson", "lognorm", "randint", "loguniform", "binom", "t", "chi2"):
        args = {"gamma": (1,), "beta": (1, 2), "poisson": (3,), "lognorm": (1,), "randint": (1, 5), "loguniform": (1, 2), "binom": (3, 0.5), "t": (3,), "chi2": (2,)}.get(d, ())
        yield "frozen_" + d, getattr(stats, d)(*args)
    yield "dist", [stats.norm, stats.gamma]
    yield "multivariate", [stats.multivariate_normal([0, 0], np.eye(2)), stats.multivariate_normal]
    yield "kde", stats.gaussian_kde(np.random.rand(20))
    yield "optimize", optimize.minimize(lambda v: (v**2).sum(), [1.0])
    yield "root", optimize.OptimizeResult(x=1)
    yield "ttest", [stats.ttest_ind([1, 2, 3], [2, 3, 4]), stats.pearsonr([1, 2, 3], [1, 2, 4]), stats.linregress([1, 2, 3], [1, 2, 4]), stats.describe([1, 2, 3]), stats.shapiro([1, 2, 3.5]), stats.ks_2samp([1, 2], [2, 3])]
    yield "lti", signal.lti([1], [1, 2])
    yield "functions", [stats.norm.rvs, spatial.distance.euclidean, spatial.distance.cosine]
    yield "bounds", optimize.Bounds([0], [1])


def xarray():
    import numpy as np
    import pandas as pd
    import xarray as xr
    da = xr.DataArray(np.ones((2, 3)), dims=("x", "y"), coords={"x": pd.date_range("2026-01-01", periods=2)}, name="t", attrs={"u": 1})
    yield "array", da
    yield "dataset", xr.Dataset({"a": da, "b": ("z", [1, 2])})
    yield "variable", xr.Variable("x", [1])


def sympy():
    import sympy as s
    x, y = s.symbols("x y")
    f = s.Function("f")
    n = s.Symbol("n", positive=True, integer=True)
    for e in (x, n, x + y, x**2 * s.sin(y), s.Rational(1, 3), s.pi, s.oo, s.I, s.sqrt(2), s.Integral(s.exp(-x**2), (x, -s.oo, s.oo)), s.Matrix([[1, x]]), s.Derivative(f(x), x), s.Eq(x, y), s.Piecewise((x, x > 0), (0, True)),
              s.Poly(x**2 + 1), s.ImmutableMatrix([[1]]), s.Interval(0, 1), s.FiniteSet(1), s.log(x), s.Float(1.5), s.Integer(3), s.nan, s.E, s.true, s.And(x > 0, y > 0), s.Dummy("d"), s.Wild("w"), s.Sum(n, (n, 1, 3)), s.Tuple(x, 1),
              s.Lambda(x, x**2), s.zoo, s.S.Half, s.GoldenRatio, s.Abs(x), s.factorial(n), s.gamma(x), s.Max(x, y), s.Mod(x, 2), s.conjugate(x), s.SparseMatrix([[1]]), s.MatrixSymbol("A", 2, 2), s.S.EmptySet, s.S.Reals, s.Or(x > 0, y > 0), s.Not(x > 0), s.Ne(x, y), s.cos(x), s.tan(x), s.exp(x)):
        yield type(e).__name__, e


def networkx():
    import networkx as nx
    for g in (nx.path_graph(3), nx.DiGraph([(1, 2)]), nx.MultiGraph([(1, 2)]), nx.MultiDiGraph([(1, 2)]), nx.karate_club_graph()):
        yield type(g).__name__, g
    yield "used", used(nx)
    yield "exc", [nx.NetworkXNoPath("x"), nx.NetworkXError("x"), nx.NodeNotFound("x")]


def used(nx):
    g = nx.path_graph(3)
    g.nodes[0]["a"] = 1
    g.adj, g.edges, g.degree
    d = nx.DiGraph([(1, 2)])
    d.in_edges, d.out_edges, d.in_degree, d.pred, d.succ
    return [g, d, g.nodes, g.edges, g.subgraph([0, 1]).copy(), g.degree, g.adj]


def astropy():
    import numpy as np
    from astropy import coordinates, table, time, units, wcs
    yield "quantity", [3 * units.m, np.ones(2) * units.km / units.s, units.m, units.Unit("erg/s")]
    yield "time", time.Time("2026-01-01")
    yield "table", table.Table({"a": [1, 2]})
    yield "qtable", table.QTable({"a": [1, 2] * units.m})
    yield "coord", coordinates.SkyCoord(1 * units.deg, 2 * units.deg)
    yield "angle", coordinates.Angle("1d")
    yield "wcs", wcs.WCS(naxis=2)


def shapely():
    from shapely import geometry as g
    for o in (g.Point(1, 2), g.LineString([(0, 0), (1, 1)]), g.Polygon([(0, 0), (1, 1), (1, 0)]), g.MultiPoint([(0, 0)]), g.box(0, 0, 1, 1), g.MultiPolygon([g.box(0, 0, 1, 1)]), g.GeometryCollection([g.Point(1, 2)])):
        yield type(o).__name__, o


def dateutil():
    from dateutil import parser, relativedelta, rrule, tz
    yield "tz", [tz.tzutc(), tz.tzoffset("a", 3600), tz.gettz("Europe/Berlin"), tz.tzlocal()]
    yield "delta", [relativedelta.relativedelta(months=1), relativedelta.relativedelta(weekday=relativedelta.MO(1)), relativedelta.MO]
    yield "rrule", rrule.rrule(rrule.DAILY, count=2, dtstart=datetime.datetime(2026, 1, 1))
    yield "aware", datetime.datetime(2026, 1, 1, tzinfo=tz.tzutc())
    yield "error", parser.ParserError("x")


def pytz():
    import pytz
    yield "tz", [pytz.utc, pytz.timezone("Europe/Berlin"), pytz.FixedOffset(60), pytz.timezone("Etc/GMT+1"), pytz.timezone("Europe/Berlin").localize(datetime.datetime(2026, 1, 1))]
    yield "exc", pytz.UnknownTimeZoneError("x")


SAMPLES = {f.__name__: f for f in (numpy, pandas, scipy, xarray, sympy, networkx, astropy, shapely, dateutil, pytz)}
