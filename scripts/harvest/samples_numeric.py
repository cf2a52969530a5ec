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
    yield "functions_more", [np.min, np.max, np.prod, np.var, np.cumsum, np.dot, np.concatenate, np.stack, np.vstack, np.hstack, np.ones, np.empty, np.arange, np.linspace, np.unique, np.sort, np.argsort, np.where, np.clip,
                             np.round, np.any, np.all, np.percentile, np.quantile, np.nansum, np.nanmedian, np.nanstd, np.nanmin, np.nanmax, np.average, np.ptp, np.argmin, np.count_nonzero, np.asarray, np.reshape, np.transpose,
                             np.isfinite, np.isinf, np.sign, np.floor, np.ceil, np.cos, np.tan, np.tanh, np.arctan, np.log2, np.log10, np.exp2, np.power, np.multiply, np.subtract, np.divide, np.minimum, np.mod, np.greater, np.less,
                             np.equal, np.logical_and, np.logical_not, np.abs, np.fabs, np.cbrt, np.reciprocal, np.negative, np.hypot, np.arcsinh, np.sinh, np.cosh, np.matmul, np.random.rand, np.random.normal, np.linalg.inv, np.fft.fft, np.diff]
    yield "classes_more", [np.matrix, np.recarray, np.ma.MaskedArray, np.dtype, np.ufunc, np.random.RandomState, np.random.Generator, np.random.PCG64, np.poly1d, np.int8, np.int16, np.int32, np.uint8, np.uint16, np.uint32, np.uint64,
                           np.float16, np.longdouble, np.complex64, np.complex128, np.timedelta64, np.bytes_, np.void, np.intp, np.inexact, np.signedinteger, np.unsignedinteger, np.character, np.flexible, np.complexfloating, np.clongdouble]
    yield "string_dtype", [np.array(["a", "bc"], dtype=np.dtypes.StringDType()), np.dtypes.StringDType(), np.array(["a", None], dtype=np.dtypes.StringDType(na_object=None)), np.dtypes.StringDType(na_object=np.nan)]
    yield "dtype_classes", [np.dtypes.Float64DType, np.dtypes.Int64DType, type(np.dtype("f8")), type(np.dtype("O"))]
    yield "structured", [np.zeros(2, [("a", "f8"), ("b", "U3"), ("c", "O")]), np.zeros(2, {"names": ["a"], "formats": ["i4"], "offsets": [4], "itemsize": 16}), np.dtype([("a", "i4")], align=True), np.dtype("i4", metadata={"a": 1}),
                         np.zeros(2, [("a", [("b", "i4")])]), np.array([(1,)], [("t", "M8[s]")])]
    yield "objects", [np.array([datetime.date(2026, 1, 1), None, "x", [1], {"a": 1}], object), np.array([np.ones(2), "x"], object), np.empty(2, object)]
    yield "masked_more", [np.ma.masked_all(3), np.ma.array([1.5], fill_value=3), np.ma.array(["a"], mask=[1]), np.ma.array([(1, 2.0)], [("a", "i4"), ("b", "f8")])[0], np.ma.masked_array(np.matrix([[1]]), [[True]]), np.ma.masked_print_option]
    import numpy.ma.mrecords
    yield "mrecords", np.ma.mrecords.fromarrays([np.array([1]), np.array([2.0])], names="a,b")
    yield "polynomials", [np.polynomial.Legendre([1, 2]), np.polynomial.Laguerre([1, 2]), np.polynomial.Hermite([1, 2]), np.polynomial.HermiteE([1, 2])]
    yield "warnings", [np.exceptions.ComplexWarning("x"), np.exceptions.VisibleDeprecationWarning("x"), np.exceptions.AxisError("x"), np.exceptions.AxisError(1, 2), np.exceptions.DTypePromotionError("x"), np.exceptions.RankWarning("x"), np.exceptions.TooHardError("x")]
    yield "warnings_old", [np.ComplexWarning("x"), np.VisibleDeprecationWarning("x"), np.AxisError(1, 2), np.RankWarning("x")]
    yield "ufunc_error", ufunc_errors(np)
    yield "finfos", [np.finfo(float), np.iinfo(int)]
    yield "spawned", np.random.SeedSequence(3).spawn(2)
    yield "legacy", [np.random.mtrand._rand, np.random.RandomState(3).get_state(), np.random.default_rng(3).bit_generator.state]
    yield "slices", np.s_[1:2, ..., None]
    yield "views", [np.ones((3, 3)).T, np.ones(3)[::-1], np.broadcast_to(1, (2, 2)), np.ones((2, 2)).flat[:], np.frombuffer(b"abcd", np.uint8)]
    yield "nditer_like", [np.ndindex(2), np.vectorize(float, otypes=[float]), np.index_exp[1:2], np.r_[1:3]]
    yield "version", np.lib.NumpyVersion("1.2.3")


def ufunc_errors(np):
    out = []
    for call in (lambda: np.add("a", 1), lambda: np.ones(2) + np.ones(3), lambda: np.zeros(3)[5], lambda: np.linalg.inv(np.zeros((2, 2))), lambda: np.arange(3).astype("M8[x]"), lambda: np.empty((10**9, 10**9))):
        try:
            call()
        except Exception as e:
            out.append(e)
    return out


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
    for o in (pd.offsets.CustomBusinessHour(), pd.offsets.CustomBusinessMonthEnd(), pd.offsets.CustomBusinessMonthBegin(), pd.offsets.SemiMonthBegin(), pd.offsets.BYearBegin(), pd.offsets.BQuarterBegin(), pd.offsets.LastWeekOfMonth(),
              pd.offsets.FY5253Quarter(qtr_with_extra_week=1, weekday=1, startingMonth=1), pd.offsets.BDay(2, offset=datetime.timedelta(1)), pd.tseries.frequencies.to_offset("15min"), pd.tseries.frequencies.to_offset("h"), pd.offsets.BusinessDay(normalize=True),
              pd.offsets.CustomBusinessDay(holidays=["2026-01-01"]), pd.offsets.CustomBusinessDay(calendar=pd.tseries.holiday.USFederalHolidayCalendar()), pd.DateOffset(days=1, hour=3), pd.DateOffset(2), pd.offsets.HalfYearEnd()):
        yield "offset_more", o
    for t in ("string[pyarrow]", "int64[pyarrow]", "double[pyarrow]", "str", "string[python]", "Int8", "UInt64", "Float32", "bool", "int8", "datetime64[s]", "datetime64[ms, UTC]", "timedelta64[s]", "period[M]", "Sparse[float]", "interval[int64]"):
        yield "astype_" + t.split("[")[0], pd.Series([1, 0, 1]).astype(t)
    yield "string_index", [pd.Index(["a", None], dtype="string"), pd.Index([1, None], dtype="Int64"), pd.Index([True, None], dtype="boolean"), pd.Index([1.5], dtype="Float64"), pd.Index([1], dtype="uint8"), pd.Index([1], dtype="uint64"), pd.Index([1], dtype="float32"), pd.Index([], dtype="object"), pd.Index([1j]), pd.Index([datetime.date(2026, 1, 1)])]
    yield "frames_more", [df.describe(), df.T, df.isna(), df.stack(), pd.concat([df, df], keys=["x", "y"]), df.pivot_table(index="a", values="b"), pd.get_dummies(df["c"]), df.memory_usage(), df.dtypes, df.columns, df.index, df.iloc[0], df["d"], df["d"].cat.categories, df["e"], df["f"], df.corr(numeric_only=True),
                          df.set_index(["a", "c"]), df.convert_dtypes(), pd.crosstab(df["a"], df["c"]), df.resample("D", on="e").sum(numeric_only=True), df.a.value_counts(), pd.cut([1, 2, 3], 2), pd.qcut([1, 2, 3], 2), df.groupby("a").size(), df.loc[:, ["a"]], pd.DataFrame({("x", 1): [1], ("x", 2): [2]}),
                          pd.DataFrame(np.zeros(2, [("a", "i4"), ("b", "O")])), pd.Series([pd.Timestamp("2026-01-01"), 1, None], dtype=object), pd.DataFrame({"p": pd.period_range("2026-01", periods=2, freq="M"), "i": pd.interval_range(0, 2), "t": pd.timedelta_range("1D", periods=2)})]
    yield "groupby_more", [df.groupby(["a", "c"]), df.groupby("a")["b"], df["b"].groupby(df["a"]), df.resample("D", on="e"), df["b"].expanding(), df["b"].ewm(1), df.groupby(pd.Grouper(key="e", freq="D"))]
    yield "scalars_more", [pd.Timestamp("2026-01-01", unit="s"), pd.Timestamp("2026-01-01").as_unit("s"), pd.Timedelta(1, "s").as_unit("s"), pd.Timestamp.now(), pd.Timestamp("2026-01-01", tz=datetime.timezone.utc), pd.Timestamp("2026-01-01", tz="dateutil/Europe/Berlin"), pd.Interval(pd.Timestamp("2026-01-01"), pd.Timestamp("2026-01-02")), pd.Period("2026Q1"), pd.Period("2026-01-01", "W"), pd.Timestamp.min, pd.Timestamp.max]
    yield "tz_more", [pd.date_range("2026-01-01", periods=2, tz=datetime.timezone.utc), pd.date_range("2026-01-01", periods=2, tz=datetime.timezone(datetime.timedelta(hours=2))), pd.date_range("2026-01-01", periods=2, tz="dateutil/Europe/Berlin"), pd.date_range("2026-01-01", periods=2, freq="15min"), pd.date_range("2026-01-01", periods=2, freq="W-MON"), pd.DatetimeIndex(["2026-01-01", None]),
                      pd.date_range("2026-01-01", periods=2, tz=__import__("zoneinfo").ZoneInfo("Europe/Berlin"))]
    yield "dtypes_more", [pd.ArrowDtype(__import__("pyarrow").int64()), pd.StringDtype("pyarrow"), pd.StringDtype(na_value=np.nan), pd.Int16Dtype(), pd.Int32Dtype(), pd.UInt8Dtype(), pd.UInt32Dtype(), pd.UInt64Dtype(), pd.CategoricalDtype(), pd.CategoricalDtype(["a"], ordered=True), pd.PeriodDtype("D"), pd.IntervalDtype("datetime64[ns]"), pd.IntervalDtype(), pd.SparseDtype(float, 0.0)]
    yield "arrays", [pd.array([1, None]), pd.array([1.5, None]), pd.array(["a", None]), pd.array([True, None]), pd.array(pd.date_range("2026-01-01", periods=2)), pd.array(pd.period_range("2026-01", periods=2, freq="M")), pd.array(pd.timedelta_range("1D", periods=2)), pd.Categorical(["a", "b"], ordered=True),
                     pd.arrays.IntervalArray.from_breaks([0, 1, 2]), pd.array(np.array([1, 2])), pd.arrays.NumpyExtensionArray(np.ones(2)), pd.arrays.PandasArray(np.ones(2)), pd.arrays.SparseArray([0.0, 1.0], kind="block"), pd.arrays.SparseArray([True, False])]
    yield "errors", [pd.errors.EmptyDataError("x"), pd.errors.ParserError("x"), pd.errors.MergeError("x"), pd.errors.OutOfBoundsDatetime("x"), pd.errors.PerformanceWarning("x"), pd.errors.SettingWithCopyWarning("x"), pd.errors.UnsortedIndexError("x"), pd.errors.IntCastingNaNError("x"), pd.errors.OutOfBoundsTimedelta("x"), pd.errors.DtypeWarning("x"), pd.errors.InvalidIndexError("x"), pd.errors.UndefinedVariableError("x"), pd._libs.tslibs.parsing.DateParseError("x")]
    yield "functions", [pd.to_datetime, pd.to_numeric, pd.isna, pd.notna, pd.concat, pd.Series.mean, pd.DataFrame.sum, pd.read_csv, pd.cut, pd.get_dummies, pd.Categorical, pd.Index, pd.MultiIndex, pd.Timedelta, pd.Period, pd.Interval, pd.DatetimeIndex, pd.RangeIndex, pd.Int64Dtype, pd.StringDtype]
    import pandas.tseries.holiday
    yield "holiday", [pd.tseries.holiday.USFederalHolidayCalendar(), pd.tseries.holiday.USMemorialDay]
    yield "rolling_more", [df[["a", "b"]].rolling(2), pd.api.indexers.FixedForwardWindowIndexer(window_size=2), pd.NamedAgg("a", "sum"), pd.IndexSlice[1:2]]
    yield "subclass", [pd.Series([1], name="x"), pd.Series({"a": 1}), pd.DataFrame({"a": [1]}).set_flags(allows_duplicate_labels=False)]


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
    yield "bounds", [optimize.Bounds([0], [1]), optimize.LinearConstraint([[1]], 0, 1), optimize.NonlinearConstraint(np.sum, 0, 1), optimize.BFGS(), optimize.SR1(), optimize.OptimizeWarning("x")]
    for f in ("bsr", "coo", "csc", "csr", "dia", "dok", "lil"):
        yield f + "_random", [getattr(sparse, f + "_matrix")(sparse.random(5, 5, 0.3)), getattr(sparse, f + "_array")(sparse.random(5, 5, 0.3))]
    yield "sparse_more", [sparse.coo_array([1, 0, 2]), sparse.csr_array([1, 0, 2]), sparse.dok_array((3,)), sparse.coo_array(np.ones((2, 2, 2))), sparse.linalg.aslinearoperator(np.eye(2)), sparse.linalg.LaplacianNd((2, 2)), sparse.eye(3), sparse.csr_matrix(np.eye(3, dtype=bool)), sparse.SparseEfficiencyWarning("x")]
    for name in sorted(n for n in dir(stats) if isinstance(getattr(stats, n), (stats.rv_continuous, stats.rv_discrete))):
        yield "rv_" + name, getattr(stats, name)
        yield "rv_frozen_" + name, frozen(stats, name)
    for f in (lambda m: m.multivariate_t([0, 0], np.eye(2)), lambda m: m.dirichlet([1, 2]), lambda m: m.wishart(3, np.eye(2)), lambda m: m.invwishart(3, np.eye(2)), lambda m: m.multinomial(3, [0.5, 0.5]), lambda m: m.matrix_normal(), lambda m: m.special_ortho_group(3), lambda m: m.ortho_group(3), lambda m: m.unitary_group(3),
              lambda m: m.random_correlation([0.5, 1.5]), lambda m: m.multivariate_hypergeom([1, 2], 2), lambda m: m.uniform_direction(3), lambda m: m.random_table([1, 2], [2, 1]), lambda m: m.vonmises_fisher([1, 0], 1), lambda m: m.dirichlet_multinomial([1, 2], 3), lambda m: m.normal_inverse_gamma()):
        yield "multivariate_frozen", f(stats)
    yield "multivariates", [stats.dirichlet, stats.wishart, stats.invwishart, stats.multinomial, stats.matrix_normal, stats.multivariate_t, stats.ortho_group, stats.special_ortho_group, stats.unitary_group, stats.random_correlation, stats.multivariate_hypergeom]
    yield "rv_histogram", [stats.rv_histogram(np.histogram([1, 2, 3])), stats.rv_discrete(values=([1, 2], [0.5, 0.5]))]
    yield "distributions_new", [stats.Normal(), stats.Uniform(a=0, b=1), stats.make_distribution(stats.norm)(), stats.Mixture([stats.Normal(), stats.Normal(mu=1)]), stats.Covariance.from_diagonal([1, 2])]
    a, b = np.array([1.0, 2, 3, 4.5]), np.array([2.0, 3, 4, 4.7])
    yield "tests", [stats.ttest_1samp(a, 0), stats.ttest_rel(a, b), stats.spearmanr(a, b), stats.kendalltau(a, b), stats.mannwhitneyu(a, b), stats.wilcoxon(a, b), stats.kruskal(a, b), stats.f_oneway(a, b), stats.chisquare(a), stats.chi2_contingency([[1, 2], [3, 4]]), stats.fisher_exact([[1, 2], [3, 4]]), stats.normaltest(np.arange(20.0)),
                    stats.jarque_bera(a), stats.anderson(a), stats.levene(a, b), stats.bartlett(a, b), stats.fligner(a, b), stats.kstest(a, "norm"), stats.theilslopes(a, b), stats.siegelslopes(a, b), stats.mode(a), stats.skewtest(np.arange(20.0)), stats.kurtosistest(np.arange(30.0)), stats.binomtest(2, 5), stats.bootstrap((a,), np.mean, n_resamples=9), stats.permutation_test((a, b), diff, n_resamples=9),
                    stats.friedmanchisquare(a, b, a), stats.brunnermunzel(a, b), stats.ansari(a, b), stats.mood(a, b), stats.epps_singleton_2samp(np.arange(9.0), np.arange(9.0) * 2), stats.cramervonmises(a, "norm"), stats.energy_distance(a, b), stats.weightedtau(a, b), stats.somersd(a, b), stats.tukey_hsd(a, b), stats.sigmaclip(a), stats.describe(a), stats.cumfreq(a), stats.relfreq(a), stats.binned_statistic(a, b),
                    stats.binned_statistic_2d(a, b, a, bins=2), stats.probplot(a), stats.boxcox(a), stats.bayes_mvs(a), stats.monte_carlo_test(a, np.random.normal, np.mean, n_resamples=9), stats.goodness_of_fit(stats.norm, a, n_mc_samples=9), stats.ecdf(a), stats.logrank(a, b), stats.alexandergovern(a, b), stats.poisson_means_test(1, 2, 3, 4), stats.barnard_exact([[1, 2], [3, 4]]), stats.boschloo_exact([[1, 2], [3, 4]]),
                    stats.page_trend_test([[1, 2, 3], [1, 2, 3]]), stats.chatterjeexi(a, b), stats.quantile_test(a), stats.dunnett(a, control=b), stats.combine_pvalues([0.1, 0.2]), stats.false_discovery_control([0.1]), stats.sobol_indices(func=summed, n=4, dists=[stats.norm()]), stats.multiscale_graphcorr(np.random.rand(9, 1), np.random.rand(9, 1), reps=2), stats.find_repeats([1, 1]), stats.contingency.crosstab(a, b), stats.contingency.odds_ratio([[1, 2], [3, 4]]), stats.contingency.relative_risk(1, 2, 3, 4)]
    yield "results_ci", [stats.pearsonr(a, b).confidence_interval(), stats.ttest_1samp(a, 0).confidence_interval(), stats.binomtest(2, 5).proportion_ci()]
    yield "stats_warnings", [stats.ConstantInputWarning("x"), stats.DegenerateDataWarning("x"), stats.FitError("x")]
    yield "qmc", [stats.qmc.Sobol(2), stats.qmc.Halton(2), stats.qmc.LatinHypercube(2), stats.qmc.PoissonDisk(2), stats.qmc.MultinomialQMC([0.5, 0.5], 2), stats.qmc.MultivariateNormalQMC([0, 0])]
    yield "fit", stats.fit(stats.norm, a, {"loc": (0, 5), "scale": (0.1, 5)})
    g = np.arange(6.0)
    yield "interp_more", [interpolate.KroghInterpolator(x, x), interpolate.BarycentricInterpolator(x, x), interpolate.CubicHermiteSpline(x, x, x), interpolate.BPoly(np.ones((2, 1)), [0, 1]), interpolate.NdPPoly(np.ones((2, 2, 1, 1)), ([0, 1], [0, 1])), interpolate.LSQUnivariateSpline(x, x, [2, 3]), interpolate.SmoothBivariateSpline(np.random.rand(30), np.random.rand(30), np.random.rand(30)), interpolate.Rbf(x, x),
                          interpolate.CloughTocher2DInterpolator(np.random.rand(6, 2), x), interpolate.NdBSpline((np.arange(8.0),), np.ones(4), 3), interpolate.AAA(x, x), interpolate.make_smoothing_spline(x, x), interpolate.RectSphereBivariateSpline(np.linspace(0.1, 3, 6), np.linspace(0.1, 6, 6), np.ones((6, 6))), interpolate.interp2d(g, g, np.ones((6, 6))), interpolate.pchip(x, x), interpolate.FloaterHormannInterpolator(x, x),
                          interpolate.SmoothSphereBivariateSpline(np.random.rand(30), np.random.rand(30), np.random.rand(30), s=10), interpolate.LSQBivariateSpline(np.random.rand(40), np.random.rand(40), np.random.rand(40), [0.5], [0.5]), interpolate.RegularGridInterpolator((x, x), np.ones((6, 6)), method="cubic"), interpolate.interp1d(x, x, kind="cubic"), interpolate.interp1d(x, x, kind="nearest"), interpolate.interp1d(x, x, kind="previous")]
    yield "spatial_more", [spatial.Delaunay(np.random.rand(6, 2)), spatial.Voronoi(np.random.rand(6, 2)), spatial.SphericalVoronoi(np.array([[0, 0, 1], [0, 0, -1], [1, 0, 0], [0, 1, 0], [0, -1, 0], [-1, 0, 0.0]])), spatial.HalfspaceIntersection(np.array([[-1.0, 0, 0], [0, -1, 0], [1, 0, -1], [0, 1, -1]]), np.array([0.5, 0.5])), spatial.Rectangle([1, 1], [0, 0]), spatial.transform.Slerp([0, 1], spatial.transform.Rotation.random(2)), spatial.transform.Rotation.random(3), spatial.transform.RotationSpline([0, 1], spatial.transform.Rotation.random(2)),
                           spatial.transform.RigidTransform.identity(), spatial.QhullError("x"), spatial.KDTree(np.random.rand(40, 2), leafsize=3)]
    yield "signal_more", [signal.TransferFunction([1], [1, 2]), signal.StateSpace([[1]], [[1]], [[1]], [[1]]), signal.ZerosPolesGain([1], [2], 1), signal.dlti([1], [1, 2]), signal.butter(3, 0.5), signal.butter(3, 0.5, output="sos"), signal.ShortTimeFFT(np.ones(4), 2, 1), signal.BadCoefficients("x"), signal.find_peaks([0, 1, 0]), signal.czt, signal.CZT(3), signal.ZoomFFT(3, [0, 1])]
    yield "optimize_more", [optimize.root(np.cos, 0.5), optimize.brentq(np.cos, 0, 3, full_output=True), optimize.curve_fit(line, x, x), optimize.least_squares(np.cos, 0.5), optimize.linprog([1]), optimize.differential_evolution(np.sum, [(0, 1)], maxiter=1), optimize.basinhopping(np.sum, [1.0], niter=1), optimize.shgo(np.sum, [(0, 1)]), optimize.dual_annealing(np.sum, [(0, 1)], maxiter=1), optimize.root_scalar(np.cos, bracket=[0, 3]), optimize.minimize_scalar(np.cos),
                             optimize.milp([1]), optimize.direct(np.sum, [(0, 1)]), optimize.minimize(np.sum, [1.0], method="Nelder-Mead", options={"maxiter": 1}), optimize.minimize(square, [1.0], method="trust-constr"), optimize.minimize(square, [1.0], method="L-BFGS-B"), optimize.minimize(square, [1.0], method="COBYLA"), optimize.minimize(square, [1.0], method="SLSQP"), optimize.linear_sum_assignment(np.eye(2)), optimize.isotonic_regression([1, 2]), optimize.LbfgsInvHessProduct(np.ones((1, 1)), np.ones((1, 1)))]
    from scipy import cluster, integrate, io, ndimage, special, fft, constants, linalg
    yield "integrate", [integrate.solve_ivp(decay, (0, 1), [1.0]), integrate.solve_ivp(decay, (0, 1), [1.0], dense_output=True), integrate.quad(np.cos, 0, 1), integrate.OdeSolution([0, 1], [1]), integrate.cubature(np.cos, 0, 1), integrate.qmc_quad(np.cos, 0, 1, n_points=8), integrate.solve_bvp(bvp, bc, np.linspace(0, 1, 5), np.ones((2, 5))), integrate.RK45(decay, 0, [1.0], 1), integrate.ode(decay)]
    yield "special", [special.expit, special.logit, special.gamma, special.erf, special.softmax, special.logsumexp, special.j0, special.xlogy, special.binom, special.digamma, special.legendre(3), special.hermite(2), special.comb, special.factorial, special.ndtr, special.boxcox, special.inv_boxcox, special.expm1]
    yield "linalg", [linalg.norm, linalg.inv, linalg.LinAlgError("x"), linalg.LinAlgWarning("x"), linalg.svd, fft.fft, ndimage.gaussian_filter, ndimage.rotate, ndimage.median_filter, constants.physical_constants, linalg.lu_factor(np.eye(2)), linalg.cho_factor(np.eye(2))]
    yield "cluster", [cluster.hierarchy.linkage(np.random.rand(5, 2)), cluster.hierarchy.to_tree(cluster.hierarchy.linkage(np.random.rand(5, 2))), cluster.vq.kmeans(np.random.rand(5, 2), 2), cluster.hierarchy.DisjointSet([1, 2])]
    yield "functions_more", [spatial.distance.cityblock, spatial.distance.pdist, spatial.distance.cdist, spatial.distance.correlation, spatial.distance.jaccard, spatial.distance.hamming, stats.pearsonr, stats.zscore, stats.mode, stats.skew, stats.kurtosis, stats.iqr, stats.norm.cdf, stats.norm.pdf, stats.norm.ppf, sparse.csr_matrix, optimize.minimize, interpolate.interp1d]


def frozen(stats, name):
    """A frozen distribution with shapes that are as good as any."""
    d = getattr(stats, name)
    n = d.numargs
    for args in ((0.5,) * n, (1,) * n, (2,) * n, (3, 2, 1)[:n], (1, 2, 3, 4, 5)[:n], (5, 3, 2)[:n], (-1, 1)[:n]):
        try:
            return d(*args)
        except Exception:
            continue
    return d


def diff(a, b=0, axis=0):
    return a.mean() - b.mean()


def summed(x):
    return x.sum(0)


def line(x, a, b):
    return a * x + b


def square(v):
    return (v**2).sum()


def decay(t, y):
    return -y


def bvp(x, y):
    import numpy as np
    return np.vstack((y[1], -y[0]))


def bc(a, b):
    import numpy as np
    return np.array([a[0], b[0] - 1])


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


SAMPLES = {f.__name__: (f,) for f in (numpy, pandas, scipy, xarray, sympy, networkx, astropy, shapely, dateutil, pytz)}
