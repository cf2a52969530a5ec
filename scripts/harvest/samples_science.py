"""What other libraries of science and everyday helpers store; joblib, dill and cloudpickle."""

import datetime


def networkx():
    import networkx as nx
    yield "graphs", [nx.complete_graph(3), nx.cycle_graph(3), nx.grid_2d_graph(2, 2), nx.star_graph(2), nx.les_miserables_graph(), nx.DiGraph([(1, 2, {"w": 1.5})]), nx.MultiDiGraph([(1, 2), (1, 2)]), nx.PlanarEmbedding(), nx.Graph(name="x"), nx.freeze(nx.path_graph(2)), nx.DiGraph([(1, 2)]).reverse(copy=False), nx.path_graph(3).subgraph([0, 1]), nx.DiGraph([(1, 2)]).to_undirected(as_view=True)]
    g = used(nx, nx.MultiDiGraph([(1, 2)]))
    yield "views", [g, g.edges, g.in_edges, g.out_edges, g.degree, g.in_degree, g.out_degree, g.nodes, g.adj, g.pred, g.succ, nx.path_graph(2).edges.data(), nx.path_graph(2).nodes.data(), used(nx, nx.MultiGraph([(1, 2)])), used(nx, nx.MultiGraph([(1, 2)])).edges, g.adj[1], nx.path_graph(3).adj[1]]
    yield "other", [nx.algorithms.community.louvain_communities(nx.path_graph(4)), nx.NetworkXException("x"), nx.NetworkXUnfeasible("x"), nx.NetworkXAlgorithmError("x"), nx.HasACycle("x"), nx.NetworkXNotImplemented("x"), nx.PowerIterationFailedConvergence(3), nx.utils.UnionFind([1]), nx.utils.BinaryHeap(), nx.utils.MappedQueue(), nx.shortest_path, nx.Graph]


def used(nx, g):
    g.nodes, g.edges, g.adj, g.degree
    if g.is_directed():
        g.in_edges, g.out_edges, g.in_degree, g.out_degree, g.pred, g.succ
    return g


def sympy():
    import sympy as s
    import sympy.physics.vector
    import sympy.stats
    import sympy.vector
    x, y, z = s.symbols("x y z")
    n, k = s.symbols("n k", integer=True)
    f, g = s.symbols("f g", cls=s.Function)
    A, B = s.MatrixSymbol("A", 2, 2), s.MatrixSymbol("B", 2, 2)
    for e in (s.sin(x), s.sinh(x), s.asin(x), s.atan2(y, x), s.cot(x), s.sec(x), s.acosh(x), s.floor(x), s.ceiling(x), s.sign(x), s.re(x), s.im(x), s.arg(x), s.Heaviside(x), s.DiracDelta(x), s.erf(x), s.erfc(x), s.zeta(x), s.beta(x, y), s.digamma(x), s.loggamma(x), s.polygamma(1, x), s.besselj(0, x), s.bessely(0, x), s.hyper([1], [2], x), s.meijerg([[1], []], [[1], []], x), s.legendre(n, x), s.chebyshevt(n, x), s.hermite(n, x), s.binomial(n, k), s.fibonacci(n), s.bernoulli(n), s.harmonic(n), s.LambertW(x), s.li(x), s.Ei(x), s.Si(x), s.Ci(x), s.airyai(x), s.KroneckerDelta(n, k), s.LeviCivita(n, k, 1), s.Min(x, y), s.root(x, 3), s.cbrt(x), s.Ynm(n, k, x, y), s.elliptic_k(x), s.lowergamma(x, y), s.uppergamma(x, y), s.expint(1, x), s.factorial2(n), s.RisingFactorial(x, n), s.subfactorial(n), s.catalan(n), s.polylog(2, x), s.SingularityFunction(x, 1, 2), s.sinc(x), s.Limit(x, x, 0), s.Product(n, (n, 1, 3)),
              s.Lt(x, y), s.Ge(x, y), s.Xor(x > 0, y > 0), s.Implies(x > 0, y > 0), s.Equivalent(x > 0, y > 0), s.ITE(x > 0, y > 0, z > 0), s.Nand(x > 0, y > 0), s.Union(s.Interval(0, 1), s.Interval(2, 3)), s.Intersection(s.S.Reals, s.Interval(0, x)), s.Complement(s.S.Reals, s.FiniteSet(1)), s.ConditionSet(x, x > 0, s.S.Reals), s.ImageSet(s.Lambda(x, x**2), s.S.Integers), s.ProductSet(s.Interval(0, 1), s.Interval(0, 1)), s.Range(3), s.S.Naturals, s.S.Integers, s.S.Complexes, s.S.UniversalSet, s.S.ComplexInfinity, s.S.NegativeInfinity, s.S.ImaginaryUnit, s.S.EulerGamma, s.S.Catalan, s.S.Rationals, s.S.Naturals0, s.Contains(x, s.S.Reals),
              A + B, A * B, A.T, A.I, s.Trace(A), s.Determinant(A), s.Identity(2), s.ZeroMatrix(2, 2), s.BlockMatrix([[A]]), s.HadamardProduct(A, B), s.MatPow(A, 2), A[0, 0], s.Matrix([[1, 2], [3, 4]]), s.eye(2), s.zeros(2), s.ImmutableSparseMatrix([[1]]), s.DiagMatrix(A[:, 0]), s.Array([1, x]), s.MutableDenseNDimArray([1]), s.KroneckerProduct(A, B),
              s.Poly(x**2 + y, x, y), s.Poly(x, x, domain="QQ"), s.Poly(x, x, modulus=5), s.RootOf(x**5 - x + 1, 0), s.RootSum(x**3 + x + 1, s.Lambda(x, x)), s.factor(x**2 - 1), s.series(s.sin(x), x), s.O(x**2), s.Subs(f(x), x, 1), s.Derivative(f(x, y), x, y), f(x) + g(y), f, s.Function("h", real=True)(x), s.WildFunction("w"), s.Symbol("p", commutative=False), s.symbols("q", real=True), s.Symbol("r", nonnegative=True), s.Indexed("M", n), s.IndexedBase("M")[n, k], s.Idx("i", 3), s.Integral(x, x), s.Integral(f(x), (x, 0, 1)), s.Float("1.5", 30), s.Rational(2, 7), s.Integer(10**30), s.UnevaluatedExpr(x), s.Mul(x, 2, evaluate=False), s.Pow(x, -1), s.Dict({x: 1}), s.Piecewise((1, x > 0), (f(x), True)), s.Predicate, s.Q.positive(x), s.Wild("a", exclude=[x]),
              s.Point(1, 2), s.Circle(s.Point(0, 0), 1), s.Line(s.Point(0, 0), s.Point(1, 1)), s.Segment(s.Point(0, 0), s.Point(1, 1)), s.Polygon(s.Point(0, 0), s.Point(1, 1), s.Point(1, 0)), s.Ellipse(s.Point(0, 0), 1, 2), s.Point3D(1, 2, 3), s.Plane(s.Point3D(0, 0, 0), (1, 1, 1)), s.Curve((x, x), (x, 0, 1)), s.ring("x", s.ZZ)[0], s.ZZ, s.QQ, s.GF(5), s.QQ[x], s.Quaternion(1, 2, 3, 4), s.combinatorics.Permutation([1, 0]), s.combinatorics.PermutationGroup(s.combinatorics.Permutation([1, 0])), s.fps(s.sin(x)), s.fourier_series(x), s.physics.units.meter, s.physics.units.meter / s.physics.units.second, s.physics.vector.ReferenceFrame("N").x, s.vector.CoordSys3D("C").i, s.stats.Normal("X", 0, 1), s.GroebnerBasis([x], [x], s.ZZ), s.groebner([x, y])):
        yield type(e).__name__, e


def xarray():
    import numpy as np
    import pandas as pd
    import xarray as xr
    da = xr.DataArray(np.ones((2, 3)), dims=("x", "y"))
    ds = xr.Dataset({"a": da}, attrs={"t": "x"})
    yield "more", [ds.groupby("x"), da.rolling(x=2), xr.DataArray(pd.Series([1, 2])), da.isel(x=0), xr.Dataset(coords={"t": pd.date_range("2026-01-01", periods=2)}), da.stack(z=("x", "y")), xr.DataTree(ds), ds.coords, ds.dims, da.indexes, xr.DataTree.from_dict({"/a": ds}), da.chunk(), xr.MergeError("x"), da.coarsen(x=2), da.weighted(da), xr.IndexVariable("x", [1, 2]), xr.cftime_range("2000", periods=2), xr.DataArray(["a", "b"]), da.assign_coords(s=("x", ["p", "q"])), xr.coding.times.CFDatetimeCoder()]


def astropy():
    import numpy as np
    from astropy import constants, coordinates, cosmology, io, modeling, nddata, stats, table, time, timeseries, uncertainty, units as u, visualization, wcs
    yield "units", [u.Quantity([1, 2], "m"), u.Magnitude(1), 1 * u.mag, u.dimensionless_unscaled, u.Dex(1 * u.m), u.deg, u.m**2 / u.s, u.UnitsError("x"), u.UnitConversionError("x"), u.def_unit("foo"), u.get_physical_type(u.m), u.Unit("foo", parse_strict="silent"), u.spectral(), u.StructuredUnit(("m", "s")), u.imperial.mile, u.Quantity(1), u.photometric.AB]
    yield "times", [time.Time([2451545.0], format="jd"), time.Time("2026-01-01", scale="utc"), time.TimeDelta(1 * u.day), time.Time.now(), time.Time(2026.5, format="decimalyear"), time.Time(51544, format="mjd"), time.Time(1e9, format="unix")]
    yield "tables", [table.Table({"a": [1, 2], "b": ["x", "y"]}, masked=True), table.QTable({"t": time.Time(["2026-01-01"])}), table.Table({"a": [1]})[0], table.Table({"a": [1]})["a"], table.MaskedColumn([1], mask=[True]), timeseries.TimeSeries(time=time.Time(["2026-01-01"])), table.Table(rows=[(1, 2)], meta={"a": 1}), table.NdarrayMixin((1,)), table.Table({"a": [1, 2]}).group_by("a")]
    yield "coords", [coordinates.SkyCoord([1, 2] * u.deg, [3, 4] * u.deg, frame="galactic"), coordinates.SkyCoord(1 * u.deg, 2 * u.deg, distance=3 * u.kpc), coordinates.ICRS(), coordinates.FK5(), coordinates.AltAz(), coordinates.EarthLocation(1 * u.m, 2 * u.m, 3 * u.m), coordinates.Latitude("1d"), coordinates.Longitude("1d"), coordinates.Distance(1 * u.pc), coordinates.CartesianRepresentation(1, 2, 3), coordinates.Galactic(1 * u.deg, 2 * u.deg), coordinates.SphericalRepresentation(1 * u.deg, 2 * u.deg, 1), coordinates.FK4(), coordinates.GCRS(), coordinates.ITRS(), coordinates.EarthLocation.from_geodetic(1, 2), coordinates.SpectralCoord(1 * u.m)]
    m = modeling.models
    yield "models", [m.Gaussian1D(1, 2, 3), m.Polynomial1D(2), m.Gaussian2D(), m.Sersic1D(), m.Moffat2D(), m.Gaussian1D() + m.Const1D(), m.BlackBody(5000 * u.K), m.Voigt1D(), m.Linear1D(), modeling.fitting.LevMarLSQFitter(), m.PowerLaw1D(), m.Chebyshev1D(2), m.Shift(1) | m.Scale(2), modeling.fitting.LinearLSQFitter(), m.Tabular1D(points=[0, 1], lookup_table=[1, 2])]
    yield "cosmology", [cosmology.Planck18, cosmology.FlatLambdaCDM(70, 0.3), cosmology.wCDM(70, 0.3, 0.7), cosmology.LambdaCDM(70, 0.3, 0.7)]
    yield "constants", [constants.c, constants.G, constants.k_B, constants.M_sun]
    yield "nddata", [nddata.NDData([1, 2]), nddata.CCDData([1, 2], unit="adu"), nddata.StdDevUncertainty([1]), nddata.VarianceUncertainty([1]), nddata.NDDataRef([1])]
    yield "fits", [io.fits.Header([("A", 1)]), io.fits.PrimaryHDU(np.ones((2, 2))), io.fits.HDUList([io.fits.PrimaryHDU()]), io.fits.Card("A", 1), io.fits.BinTableHDU.from_columns([io.fits.Column("a", "J", array=[1])])]
    yield "other", [stats.SigmaClip(), visualization.ImageNormalize(), visualization.MinMaxInterval(), visualization.SqrtStretch(), visualization.ZScaleInterval(), uncertainty.normal(1, std=1, n_samples=3), time.TimeISO, wcs.WCS(naxis=2), __import__("astropy.convolution", fromlist=["x"]).Gaussian2DKernel(1), __import__("astropy.utils.masked", fromlist=["x"]).Masked([1.0])]


def shapely():
    import shapely
    import shapely.prepared
    import shapely.wkt
    from shapely import geometry as g
    yield "more", [g.LinearRing([(0, 0), (1, 1), (1, 0)]), g.MultiLineString([[(0, 0), (1, 1)]]), g.Point(1, 2, 3), g.Polygon([(0, 0), (4, 0), (4, 4)], [[(1, 1), (2, 1), (2, 2)]]), g.Point(), g.box(0, 0, 1, 1).boundary, shapely.STRtree([g.Point(1, 2)]), shapely.prepared.prep(g.Point(1, 2)), shapely.wkt.loads("POINT (1 2)"), shapely.errors.GEOSException("x")]


def geopandas():
    import geopandas as gpd
    from shapely import geometry as g
    yield "frames", [gpd.GeoDataFrame({"a": [1]}, geometry=[g.Point(1, 2)]), gpd.GeoSeries([g.Point(1, 2)]), gpd.GeoDataFrame({"a": [1]}, geometry=[g.Point(1, 2)], crs="EPSG:4326"), gpd.GeoSeries([g.Point(1, 2), None]), gpd.array.GeometryDtype(), gpd.GeoDataFrame({"a": [1]}, geometry=[g.Point(1, 2)]).sindex, gpd.GeoSeries([g.Point(1, 2)]).values]


def pyproj():
    import pyproj
    yield "crs", [pyproj.CRS("EPSG:4326"), pyproj.Transformer.from_crs(4326, 3857), pyproj.Geod(ellps="WGS84"), pyproj.Proj("EPSG:3857")]


def skimage():
    import numpy as np
    from skimage import data, draw, feature, filters, measure, morphology, segmentation, transform
    yield "transforms", [transform.AffineTransform(), transform.SimilarityTransform(), transform.EuclideanTransform(), transform.ProjectiveTransform(), transform.PolynomialTransform(), transform.PiecewiseAffineTransform(), transform.EssentialMatrixTransform(), transform.FundamentalMatrixTransform(), transform.ThinPlateSplineTransform()]
    yield "features", [feature.ORB(), feature.SIFT(), feature.BRIEF(), feature.CENSURE(), measure.LineModelND(), measure.CircleModel(), measure.EllipseModel(), measure.regionprops(np.ones((2, 2), int)), filters.gaussian, filters.sobel, morphology.disk(1), measure.label(np.ones((2, 2), int)), filters.LPIFilter2D(len)]


def dask():
    import dask
    import dask.array as da
    import dask.dataframe as dd
    import numpy as np
    import pandas as pd
    yield "arrays", [da.ones(3), da.ones((4, 4), chunks=2) + 1, da.from_array(np.ones(3)), da.ones(3).sum()]
    yield "frames", [dd.from_pandas(pd.DataFrame({"a": [1, 2]}), npartitions=1), dd.from_pandas(pd.DataFrame({"a": [1, 2]}), npartitions=1).a.sum()]
    yield "graphs", [dask.delayed(len)([1]), da.ones(3).dask, dict(da.ones(3).dask), dask.delayed(1), dask.bag.from_sequence([1, 2]), dask.bag.from_sequence([1, 2]).map(len)]


def matplotlib():
    import matplotlib
    matplotlib.use("Agg")
    from matplotlib import cm, colors, dates, figure, gridspec, lines, markers, patches, path, pyplot, text, ticker, tri
    def fig(call, **kw):
        f = figure.Figure()
        call(f.subplots(**kw))
        return f
    yield "figures", [figure.Figure(), fig(lambda a: a.plot([1, 2], label="x")), fig(lambda a: a.scatter([1], [2])), fig(lambda a: a.bar([1], [2])), fig(lambda a: a.hist([1, 2])), fig(lambda a: a.imshow([[1]])), fig(lambda a: (a.set_title("x"), a.plot([1]), a.legend(["x"]))), fig(lambda a: a.set_yscale("log")), fig(lambda a: a.pie([1, 2])), fig(lambda a: a.contourf([[1, 2], [3, 4]])), fig(lambda a: a.annotate("x", (0, 0))), fig(lambda a: a.boxplot([1, 2])), fig(lambda a: a.errorbar([1], [1], [1])), fig(lambda a: a.fill_between([1, 2], [1, 2])), fig(lambda a: a.plot([datetime.date(2026, 1, 1)], [1])), fig(lambda a: a, subplot_kw={"projection": "polar"}), fig(lambda a: a.figure.colorbar(a.imshow([[1]]))), fig(lambda a: a.violinplot([1, 2, 3])), fig(lambda a: a.quiver([1], [1])), fig(lambda a: a.text(0, 0, "x")), fig(lambda a: a[0].plot([1]), nrows=2), fig(lambda a: a.table([["x"]])), fig(lambda a: a.step([1, 2], [1, 2]))]
    yield "pyplot", pyplot.figure()
    yield "colours", [matplotlib.colormaps["viridis"], cm.ScalarMappable(), colors.Normalize(0, 1), colors.LogNorm(), colors.ListedColormap(["r"]), colors.LinearSegmentedColormap.from_list("x", ["r", "b"]), colors.BoundaryNorm([0, 1], 2), colors.TwoSlopeNorm(0), colors.SymLogNorm(1), colors.PowerNorm(1), matplotlib.colormaps["jet"], matplotlib.colormaps["tab10"]]
    yield "parts", [path.Path([(0, 0), (1, 1)]), lines.Line2D([0], [1]), patches.Rectangle((0, 0), 1, 1), patches.Circle((0, 0)), text.Text(0, 0, "x"), ticker.MaxNLocator(), ticker.ScalarFormatter(), ticker.FuncFormatter(str), ticker.PercentFormatter(), dates.DateFormatter("%Y"), dates.AutoDateLocator(), markers.MarkerStyle("o"), matplotlib.transforms.Bbox([[0, 0], [1, 1]]), matplotlib.transforms.Affine2D(), gridspec.GridSpec(1, 1), tri.Triangulation([0, 1, 0], [0, 0, 1]), matplotlib.RcParams(), matplotlib.font_manager.FontProperties(), patches.FancyArrowPatch((0, 0), (1, 1)), patches.Polygon([[0, 0], [1, 1]]), ticker.LogFormatter(), ticker.FixedLocator([1]), ticker.NullFormatter()]


def plotly():
    import plotly.graph_objects as go
    yield "figure", [go.Figure(), go.Figure(go.Scatter(x=[1], y=[2])), go.Bar(x=[1]), go.Layout(title="x"), go.Figure(go.Bar(x=[1], y=[2])).to_dict()]


def igraph():
    import igraph
    yield "graph", [igraph.Graph.Ring(3), igraph.Graph([(0, 1)], directed=True, vertex_attrs={"a": ["x", "y"]}), igraph.Layout([(0, 1)]), igraph.Clustering([0, 1]), igraph.Matrix([[1]]), igraph.Histogram(1, [1, 2])]


def rdkit():
    from rdkit import Chem, DataStructs
    from rdkit.Chem import AllChem
    m = Chem.MolFromSmiles("CCO")
    yield "mol", [m, AllChem.GetMorganFingerprintAsBitVect(m, 2, 32), DataStructs.ExplicitBitVect(8), Chem.MolFromSmarts("C"), AllChem.GetMorganFingerprint(m, 2), DataStructs.SparseBitVect(8), DataStructs.UIntSparseIntVect(8), AllChem.ReactionFromSmarts("[C:1]>>[C:1]"), Chem.rdchem.BondType.SINGLE, Chem.rdchem.HybridizationType.SP3]


def Bio():
    from Bio import Align, Phylo, Seq, SeqFeature, SeqIO, SeqRecord, motifs
    yield "seqs", [Seq.Seq("ACGT"), Seq.MutableSeq("ACGT"), SeqRecord.SeqRecord(Seq.Seq("ACGT"), "x"), SeqFeature.SeqFeature(SeqFeature.FeatureLocation(0, 1)), SeqFeature.SimpleLocation(0, 1), SeqFeature.ExactPosition(1), SeqFeature.Reference(), Align.PairwiseAligner(), Align.MultipleSeqAlignment([SeqRecord.SeqRecord(Seq.Seq("A"), "x")]), Phylo.BaseTree.Tree(), Phylo.BaseTree.Clade(1.0, "x"), motifs.create(["ACGT"]), Align.substitution_matrices.load("BLOSUM62"), Seq.Seq(None, 3), SeqFeature.CompoundLocation([SeqFeature.SimpleLocation(0, 1), SeqFeature.SimpleLocation(2, 3)]), Align.PairwiseAligner().align("AC", "AG")[0]]
    from Bio.PDB import Atom, Chain, Model, Residue, Structure, vectors
    yield "pdb", [Structure.Structure("x"), Model.Model(0), Chain.Chain("A"), Residue.Residue((" ", 1, " "), "ALA", ""), Atom.Atom("CA", [0.0, 0, 0], 1.0, 1.0, " ", "CA", 1, "C"), vectors.Vector(1, 2, 3)]


def mpmath():
    import mpmath
    yield "numbers", [mpmath.mpf("1.5"), mpmath.mpc(1, 2), mpmath.matrix([[1, 2]]), mpmath.mpi(1, 2), mpmath.pi, mpmath.mp]


def gmpy2():
    import gmpy2
    yield "numbers", [gmpy2.mpz(10**30), gmpy2.mpq(1, 3), gmpy2.mpfr("1.5"), gmpy2.mpc("1+2j"), gmpy2.xmpz(3)]


def bitarray():
    import bitarray
    import bitarray.util
    yield "bits", [bitarray.bitarray("101"), bitarray.frozenbitarray("101"), bitarray.bitarray("1", endian="little"), bitarray.decodetree({"a": bitarray.bitarray("1")}), bitarray.bitarray()]


def sortedcontainers():
    import sortedcontainers as s
    yield "sorted", [s.SortedList([2, 1]), s.SortedDict(a=1), s.SortedSet([1]), s.SortedKeyList([1], key=abs), s.SortedList([1]).__class__, s.SortedDict(abs, {1: 2}), s.SortedSet([1], key=abs)]


def frozendict():
    import frozendict as f
    yield "frozen", [f.frozendict(a=1), f.frozendict({1: [2]})]


def uncertainties():
    import uncertainties as u
    x = u.ufloat(1, 0.1)
    yield "floats", [x, x * 2, u.ufloat(1, 0.1, "t"), x + u.ufloat(2, 0.2)]


def pint():
    import pint
    import numpy as np
    r = pint.UnitRegistry()
    pint.set_application_registry(r)
    yield "quantities", [3 * r.meter, r.meter / r.second, np.ones(2) * r.meter, r.Measurement(1, 0.1, "m"), pint.UndefinedUnitError("x"), pint.DimensionalityError("a", "b")]


def quantities():
    import quantities as q
    yield "quantities", [3 * q.m, q.m, q.Quantity([1, 2], "s"), q.UncertainQuantity(1, "m", 0.1), q.m / q.s]


def patsy():
    import numpy as np
    import patsy
    d = patsy.dmatrix("x + C(g)", {"x": [1.0, 2], "g": ["a", "b"]})
    yield "matrix", [np.asarray(d), patsy.PatsyError("x"), patsy.Treatment(), patsy.ModelDesc.from_formula("y ~ x")]


def lmfit():
    import numpy as np
    import lmfit
    x = np.linspace(-1, 1, 20)
    m = lmfit.models.GaussianModel()
    yield "fit", [lmfit.Parameters(), lmfit.Parameter("a", 1), m, m.fit(np.exp(-x**2), x=x), lmfit.create_params(a=1, b=2), m.make_params(), lmfit.models.LinearModel() + lmfit.models.GaussianModel(prefix="g"), lmfit.minimize(residual, lmfit.create_params(a=1.0), args=(x,))]


def residual(p, x):
    return x - p["a"].value


def emcee():
    import emcee
    import numpy as np
    s = emcee.EnsembleSampler(4, 1, loglike)
    s.run_mcmc(np.random.rand(4, 1), 2)
    yield "sampler", [s, emcee.State(np.random.rand(4, 1)), s.backend, emcee.moves.StretchMove()]


def loglike(v):
    return -(v**2).sum()


def ase():
    import ase
    import ase.spectrum.band_structure
    from ase import build, calculators, constraints
    yield "atoms", [ase.Atoms("H2", [(0, 0, 0), (0, 0, 1)]), ase.Atom("H"), build.bulk("Cu"), build.molecule("H2O"), constraints.FixAtoms([0]), ase.cell.Cell.new([1, 1, 1]), ase.spectrum.band_structure.BandPath([[1, 0, 0], [0, 1, 0], [0, 0, 1]]), constraints.FixBondLength(0, 1), ase.symbols.Symbols([1]), calculators.singlepoint.SinglePointCalculator(ase.Atoms("H"), energy=1.0), ase.neighborlist.NeighborList([1.0])]
    from ase.calculators.emt import EMT
    from ase.calculators.lj import LennardJones
    yield "calculators", [EMT(), LennardJones()]


def pymatgen():
    from pymatgen.core import Composition, Element, Lattice, Molecule, Species, Structure
    s = Structure(Lattice.cubic(3), ["Na", "Cl"], [[0, 0, 0], [0.5, 0.5, 0.5]])
    yield "structures", [s, Lattice.cubic(3), Composition("NaCl"), Element("Na"), Species("Na", 1), Molecule(["H"], [[0, 0, 0]]), s[0], s.composition, __import__("pymatgen.entries.computed_entries", fromlist=["x"]).ComputedEntry("NaCl", -1), __import__("pymatgen.core.operations", fromlist=["x"]).SymmOp.from_rotation_and_translation()]


def MDAnalysis():
    import MDAnalysis as m
    u = m.Universe.empty(2, trajectory=True)
    yield "universe", [u, u.atoms, u.atoms[0], u.trajectory.ts]


def skbio():
    import skbio
    yield "objects", [skbio.DNA("ACGT"), skbio.RNA("ACGU"), skbio.Protein("PAW"), skbio.DistanceMatrix([[0, 1], [1, 0]]), skbio.TreeNode.read(["(a,b);"]), skbio.OrdinationResults("a", "b", __import__("pandas").Series([1.0]), __import__("pandas").DataFrame([[1.0]])), skbio.TabularMSA([skbio.DNA("A")])]


def pyarrow():
    import pyarrow as pa
    yield "tables", [pa.array([1, 2]), pa.array(["a", None]), pa.table({"a": [1]}), pa.schema([("a", pa.int64())]), pa.int64(), pa.string(), pa.timestamp("ns", "UTC"), pa.chunked_array([[1]]), pa.record_batch([pa.array([1])], ["a"]), pa.list_(pa.int8()), pa.scalar(1), pa.dictionary(pa.int8(), pa.string()), pa.field("a", pa.int8()), pa.array([[1]]), pa.array([{"a": 1}]), pa.py_buffer(b"x"), pa.decimal128(3), pa.ArrowInvalid("x"), pa.date32(), pa.struct([("a", pa.int8())]), pa.array([True]), pa.array([datetime.date(2026, 1, 1)])]


def polars():
    import polars as pl
    yield "frames", [pl.DataFrame({"a": [1]}), pl.Series("a", [1]), pl.LazyFrame({"a": [1]}), pl.col("a") + 1, pl.Int64, pl.Datetime("us"), pl.List(pl.Int8)]


def numba():
    import numba
    import samples_user
    yield "jitted", [numba.njit(samples_user.function), numba.typed.List([1]), numba.int64, numba.types.float64[:]]


def arrow():
    import arrow
    yield "times", [arrow.get("2026-01-01"), arrow.get(2026, 1, 1, tzinfo="Europe/Berlin"), arrow.utcnow(), arrow.ParserError("x")]


def pendulum():
    import pendulum
    yield "times", [pendulum.datetime(2026, 1, 1), pendulum.duration(days=1), pendulum.datetime(2026, 1, 1, tz="Europe/Berlin"), pendulum.date(2026, 1, 1), pendulum.time(1), pendulum.timezone("Europe/Berlin"), pendulum.datetime(2026, 1, 2) - pendulum.datetime(2026, 1, 1), pendulum.UTC, pendulum.FixedTimezone(3600), pendulum.now()]


def regex():
    import regex
    yield "patterns", [regex.compile("a+"), regex.compile("a", regex.I), regex.error("x")]


def lark():
    import lark
    p = lark.Lark('start: "a" b\nb: "b"', parser="lalr")
    yield "trees", [p.parse("ab"), lark.Token("A", "x"), lark.Tree("a", []), lark.exceptions.UnexpectedInput("x")]


def pyparsing():
    import pyparsing as p
    yield "results", [p.Word(p.alphas).parse_string("abc"), p.ParseResults(["a"]), p.ParseException("x", 0, "m"), (p.Word(p.alphas)("n") + p.Word(p.nums)("k")).parse_string("a 1")]


def ruamel():
    from ruamel import yaml
    y = yaml.YAML()
    yield "documents", [y.load("a: [1, 2]\nb: x # c\n"), y.load("- 1\n- {a: 1.5}\n"), yaml.comments.CommentedMap(a=1), yaml.scalarstring.DoubleQuotedScalarString("x"), yaml.YAMLError("x"), y.load("!t {a: 1}"), y.load("a: 2026-01-01 00:00:00")]


def simplejson():
    import simplejson
    yield "parts", [simplejson.JSONDecodeError("m", "d", 0), simplejson.RawJSON("1"), simplejson.loads('{"a": 1.5}', use_decimal=True)]


def orjson():
    import orjson
    yield "parts", [orjson.JSONDecodeError("m", "d", 0), orjson.Fragment(b"1")]


def msgpack():
    import msgpack
    yield "parts", [msgpack.ExtType(1, b"x"), msgpack.Timestamp(1), msgpack.ExtraData(1, b"x"), msgpack.OutOfData("x")]


def packaging():
    from packaging import markers, requirements, specifiers, tags, version
    yield "parts", [version.Version("1.2"), specifiers.SpecifierSet(">=1"), specifiers.Specifier(">=1"), markers.Marker("python_version > '3'"), requirements.Requirement("a>=1"), tags.Tag("py3", "none", "any"), version.InvalidVersion("x")]


def semver():
    import semver
    yield "version", [semver.Version.parse("1.2.3")]


def toolz():
    import toolz
    yield "functions", [toolz.curry(pow), toolz.compose(len, str), toolz.complement(bool), toolz.juxt(len, str), toolz.functoolz.identity, toolz.get]


def phonenumbers():
    import phonenumbers as p
    yield "number", [p.parse("+4930123456"), p.NumberParseException(1, "x"), p.PhoneNumberMatch(0, "1", p.parse("+4930123456"))]


def holidays():
    import holidays
    yield "calendar", [holidays.Germany(years=2026), holidays.US(), holidays.country_holidays("DE")]


def dateparser():
    import dateparser
    yield "date", [dateparser.parse("2026-01-01 UTC"), dateparser.parse("2026-01-01 10:00 +0200"), dateparser.timezone_parser.StaticTzInfo("x", datetime.timedelta(1))]


def babel():
    import babel
    from babel import dates, messages, numbers, support
    yield "locale", [babel.Locale("de"), babel.Locale.parse("de_DE"), support.LazyProxy(str, 1), messages.Catalog(), messages.Message("x"), numbers.parse_pattern("#"), dates.parse_pattern("yyyy"), support.LazyProxy(len, "x")]


def docutils():
    from docutils import core, nodes, utils
    yield "doc", [core.publish_doctree("Title\n=====\n\ntext *a*\n"), nodes.Text("x"), nodes.paragraph("a", "b"), nodes.section()]


def deap():
    from deap import base, creator, tools
    yield "tools", [base.Fitness, tools.Logbook(), tools.HallOfFame(2), tools.Statistics(len), base.Toolbox(), tools.ParetoFront()]


def nibabel():
    import nibabel
    import numpy as np
    yield "images", [nibabel.Nifti1Image(np.ones((2, 2, 2)), np.eye(4)), nibabel.Nifti1Header()]


def pywt():
    import pywt
    yield "wavelets", [pywt.Wavelet("db2"), pywt.ContinuousWavelet("morl"), pywt.wavedec([1, 2, 3, 4], "haar"), pywt.WaveletPacket([1, 2, 3, 4], "haar")]


def sparse():
    import numpy as np
    import sparse
    yield "arrays", [sparse.COO(np.eye(2)), sparse.DOK((2, 2)), sparse.GCXS(np.eye(2))]


def anndata():
    import anndata
    import numpy as np
    yield "data", anndata.AnnData(np.ones((2, 2)))


def cftime():
    import cftime
    yield "dates", [cftime.DatetimeNoLeap(2000, 1, 1), cftime.DatetimeGregorian(2000, 1, 1), cftime.datetime(2000, 1, 1)]


def pomegranate():
    import pomegranate
    yield "distribution", pomegranate.NormalDistribution(0, 1)


def pulp():
    import pulp
    p = pulp.LpProblem("x")
    v = pulp.LpVariable("v")
    p += v >= 1
    yield "problem", [v, p, v + 1, pulp.LpStatus]


def ete3():
    import ete3
    yield "tree", ete3.Tree("(a,b);")


def dendropy():
    import dendropy
    yield "tree", [dendropy.Tree.get(data="(a,b);", schema="newick"), dendropy.TaxonNamespace(["a"])]


def traitlets():
    import traitlets
    import traitlets.config
    yield "config", [traitlets.config.Config(a=1), traitlets.Undefined, traitlets.TraitError("x"), traitlets.Bunch(a=1)]


def rich():
    from rich import style, text
    yield "text", [text.Text("x"), style.Style(bold=True), __import__("rich.color", fromlist=["x"]).Color.parse("red"), __import__("rich.segment", fromlist=["x"]).Segment("x")]


def mne():
    import mne
    import numpy as np
    info = mne.create_info(2, 100.0)
    yield "raw", [info, mne.io.RawArray(np.zeros((2, 10)), info, verbose=0), mne.EpochsArray(np.zeros((1, 2, 10)), info, verbose=0), mne.EvokedArray(np.zeros((2, 10)), info)]


def optuna():
    import optuna
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    s = optuna.create_study()
    s.optimize(objective, 2)
    yield "study", [s, s.trials, s.best_trial, s.sampler, optuna.samplers.TPESampler(), optuna.pruners.MedianPruner(), optuna.distributions.FloatDistribution(0, 1), optuna.TrialPruned("x")]


def objective(trial):
    return trial.suggest_float("x", 0, 1) + trial.suggest_int("n", 1, 3) + (trial.suggest_categorical("c", ["a", "b"]) == "a")


def joblib():
    import joblib
    import numpy as np
    import samples_user
    yield "parts", [joblib.delayed(samples_user.function)(), joblib.Memory(None), joblib.Parallel(n_jobs=1), joblib.hash([1]), joblib.numpy_pickle.NumpyArrayWrapper(np.ndarray, (3,), "C", np.dtype("f8"))]


def dill():
    import dill  # noqa: F401
    yield "plain", [[1, "a"], {"a": datetime.datetime(2026, 1, 1)}]


def cloudpickle():
    import cloudpickle  # noqa: F401
    yield "plain", [[1, "a"], {"a": datetime.datetime(2026, 1, 1)}]


SAMPLES = {f.__name__: (f,) for f in (networkx, sympy, xarray, astropy, shapely, geopandas, pyproj, skimage, dask, matplotlib, plotly, igraph, rdkit, Bio, mpmath, gmpy2, bitarray, sortedcontainers, frozendict, uncertainties, pint, quantities, patsy, lmfit, emcee, ase, pymatgen, MDAnalysis, skbio, pyarrow, polars, numba, arrow, pendulum, regex, lark, pyparsing, ruamel, simplejson, orjson, msgpack, packaging, semver, toolz, phonenumbers, holidays, dateparser, babel, docutils, deap, nibabel, pywt, sparse, anndata, cftime, pomegranate, pulp, ete3, dendropy, traitlets, rich, mne, optuna, joblib, dill, cloudpickle)}
