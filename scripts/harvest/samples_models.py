"""Models: sklearn, statsmodels, xgboost, lightgbm, torch, nltk, gensim, spacy."""

import warnings


def sklearn():
    import numpy as np
    from sklearn import calibration, compose, datasets, decomposition, ensemble, feature_extraction, gaussian_process, linear_model, metrics, model_selection, multiclass, multioutput, neighbors, pipeline, preprocessing, svm, tree
    from sklearn.feature_extraction import text
    from sklearn.utils import all_estimators
    warnings.simplefilter("ignore")
    rng = np.random.RandomState(0)
    x = np.abs(rng.rand(30, 4)) + 0.1
    y = np.arange(30) % 2
    words = ["a cat sat", "a dog ran", "the cat ran"]
    needs = {"base_estimator": tree.DecisionTreeClassifier(), "estimator": linear_model.LogisticRegression(), "estimators": [("a", linear_model.LogisticRegression())],
             "transformer_list": [("a", preprocessing.StandardScaler())], "transformers": [("a", preprocessing.StandardScaler(), [0])], "steps": [("a", preprocessing.StandardScaler())],
             "param_grid": {"C": [1.0]}, "param_distributions": {"C": [1.0]}, "dictionary": np.eye(4), "n_components": 2}
    for name, cls in all_estimators():
        import inspect
        required = {p.name: needs[p.name] for p in inspect.signature(cls).parameters.values() if p.default is p.empty and p.name in needs}
        for target in (y, x[:, 0], np.stack([y, 1 - y], 1), None):
            try:
                e = cls(**required)
                if "n_estimators" in e.get_params():
                    e.set_params(n_estimators=2)
                yield name, e.fit(x) if target is None else e.fit(x, target)
                break
            except Exception:
                continue
        else:
            try:
                yield name + "_unfitted", cls(**required)
            except Exception:
                continue
    for v in (text.CountVectorizer(), text.TfidfVectorizer(), text.HashingVectorizer(), text.TfidfVectorizer(analyzer="char")):
        yield "text", v.fit(words)
    yield "dict", feature_extraction.DictVectorizer().fit([{"a": 1}])
    pipe = pipeline.make_pipeline(preprocessing.StandardScaler(), linear_model.LogisticRegression())
    yield "pipeline", pipe.fit(x, y)
    yield "text_pipeline", pipeline.make_pipeline(text.TfidfVectorizer(), linear_model.LogisticRegression()).fit(words, [0, 1, 0])
    yield "grid", model_selection.GridSearchCV(svm.SVC(), {"C": [1, 2]}, cv=2).fit(x, y)
    yield "random", model_selection.RandomizedSearchCV(svm.SVC(), {"C": __import__("scipy.stats", fromlist=["x"]).uniform(1, 2)}, n_iter=2, cv=2).fit(x, y)
    for c in (model_selection.KFold(2), model_selection.StratifiedKFold(2), model_selection.TimeSeriesSplit(2), model_selection.ShuffleSplit(2), model_selection.GroupKFold(2), model_selection.LeaveOneOut(), model_selection.RepeatedKFold()):
        yield "cv", c
    yield "columns", compose.ColumnTransformer([("a", preprocessing.OneHotEncoder(), [0]), ("b", "passthrough", [1])]).fit(x)
    for alg in ("ball_tree", "kd_tree", "brute"):
        yield "knn_" + alg, neighbors.KNeighborsClassifier(algorithm=alg).fit(x, y)
    yield "trees", [neighbors.BallTree(x), neighbors.KDTree(x), neighbors.KernelDensity().fit(x)]
    for m in ("minkowski", "manhattan", "chebyshev", "haversine", "hamming", "canberra", "mahalanobis", "seuclidean", "braycurtis", "jaccard"):
        try:
            from sklearn.metrics import DistanceMetric
            kw = {"mahalanobis": {"V": np.eye(4)}, "seuclidean": {"V": np.ones(4)}}.get(m, {})
            yield "metric_" + m, DistanceMetric.get_metric(m, **kw)
        except Exception:
            continue
    for k in ("rbf", "linear", "poly", "sigmoid"):
        yield "svc_" + k, svm.SVC(kernel=k, probability=True).fit(x, y)
    k = gaussian_process.kernels
    yield "gp", gaussian_process.GaussianProcessRegressor(k.ConstantKernel() * k.RBF() + k.WhiteKernel() + k.Matern() + k.RationalQuadratic() + k.ExpSineSquared() + k.DotProduct() ** 2).fit(x, x[:, 0])
    for loss in ("hinge", "log_loss", "modified_huber", "squared_hinge", "perceptron", "squared_error", "huber", "epsilon_insensitive", "squared_epsilon_insensitive"):
        yield "sgd_" + loss, (linear_model.SGDClassifier(loss=loss).fit(x, y))
        if loss not in ("hinge", "log_loss", "modified_huber", "squared_hinge", "perceptron"):
            yield "sgdr_" + loss, linear_model.SGDRegressor(loss=loss).fit(x, y)
    for loss in ("log_loss", "exponential"):
        yield "gb_" + loss, ensemble.GradientBoostingClassifier(n_estimators=2, loss=loss).fit(x, y)
    yield "gb_multi", ensemble.GradientBoostingClassifier(n_estimators=2).fit(x, np.arange(30) % 3)
    for loss in ("squared_error", "absolute_error", "huber", "quantile"):
        yield "gbr_" + loss, ensemble.GradientBoostingRegressor(n_estimators=2, loss=loss).fit(x, y)
    for loss in ("squared_error", "absolute_error", "poisson", "quantile"):
        yield "hgb_" + loss, ensemble.HistGradientBoostingRegressor(max_iter=2, loss=loss, **({"quantile": 0.5} if loss == "quantile" else {})).fit(x, y)
    yield "hgb_c", ensemble.HistGradientBoostingClassifier(max_iter=2).fit(x, np.arange(30) % 3)
    yield "stack", ensemble.StackingClassifier([("a", svm.LinearSVC()), ("b", tree.DecisionTreeClassifier())]).fit(x, y)
    yield "vote", ensemble.VotingClassifier([("a", linear_model.LogisticRegression())]).fit(x, y)
    yield "calibrated", [calibration.CalibratedClassifierCV(svm.LinearSVC(), cv=2).fit(x, y), calibration.CalibratedClassifierCV(svm.LinearSVC(), cv=2, method="isotonic").fit(x, y)]
    yield "ovr", [multiclass.OneVsRestClassifier(svm.LinearSVC()).fit(x, y), multioutput.MultiOutputClassifier(svm.LinearSVC()).fit(x, np.stack([y, y], 1))]
    yield "scorer", [metrics.make_scorer(metrics.f1_score), metrics.get_scorer("accuracy"), metrics.get_scorer("roc_auc"), metrics.get_scorer("neg_log_loss")]
    yield "function", [preprocessing.FunctionTransformer(np.log1p).fit(x), preprocessing.FunctionTransformer(None)]
    yield "selectors", [compose.make_column_selector(dtype_include="number"), compose.make_column_transformer((preprocessing.StandardScaler(), [0]))]
    yield "data", [datasets.load_iris()]
    yield "decomposition", decomposition.PCA(2).fit(x)
    yield "bunch", __import__("sklearn.utils", fromlist=["x"]).Bunch(a=1)


def statsmodels():
    import numpy as np
    import statsmodels.api as sm
    import statsmodels.formula.api as smf
    import pandas as pd
    x = sm.add_constant(np.arange(20.0))
    y = np.arange(20.0) ** 1.1
    yield "ols", sm.OLS(y, x).fit()
    yield "glm", sm.GLM(y, x).fit()
    yield "logit", sm.Logit((y > 8) * 1 * (np.arange(20) % 3 > 0), x).fit(disp=0)
    yield "formula", smf.ols("y ~ x", pd.DataFrame({"x": np.arange(20.0), "y": y})).fit()
    from statsmodels.tsa.api import ExponentialSmoothing
    yield "hw", ExponentialSmoothing(y).fit()
    from statsmodels.tsa.arima.model import ARIMA
    yield "arima", ARIMA(y, order=(1, 0, 0)).fit()


def xgboost():
    import numpy as np
    import xgboost as xgb
    x, y = np.random.rand(20, 3), np.arange(20) % 2
    yield "classifier", xgb.XGBClassifier(n_estimators=2).fit(x, y)
    yield "regressor", xgb.XGBRegressor(n_estimators=2).fit(x, y)
    yield "booster", xgb.train({}, xgb.DMatrix(x, y), 2)


def lightgbm():
    import lightgbm as lgb
    import numpy as np
    x, y = np.random.rand(50, 3), np.arange(50) % 2
    yield "classifier", lgb.LGBMClassifier(n_estimators=2).fit(x, y)
    yield "regressor", lgb.LGBMRegressor(n_estimators=2).fit(x, y)
    yield "booster", lgb.train({}, lgb.Dataset(x, y), 2)


def torch_modules():
    from torch import nn
    n = nn
    return [n.Linear(2, 3), n.Conv1d(1, 1, 3), n.Conv2d(1, 1, 3), n.Conv3d(1, 1, 3), n.ConvTranspose2d(1, 1, 3), n.BatchNorm1d(2), n.BatchNorm2d(2), n.LayerNorm(2), n.GroupNorm(1, 2), n.InstanceNorm2d(2),
            n.LSTM(2, 2), n.GRU(2, 2), n.RNN(2, 2), n.LSTMCell(2, 2), n.GRUCell(2, 2), n.Embedding(3, 2), n.EmbeddingBag(3, 2), n.ReLU(), n.LeakyReLU(), n.GELU(), n.Sigmoid(), n.Tanh(), n.Softmax(1), n.LogSoftmax(1), n.ELU(), n.SELU(), n.SiLU(), n.Hardtanh(), n.ReLU6(),
            n.PReLU(), n.Softplus(), n.Hardswish(), n.Hardsigmoid(), n.Mish(), n.Dropout(), n.Dropout2d(), n.MaxPool1d(2), n.MaxPool2d(2), n.AvgPool2d(2), n.AdaptiveAvgPool2d(1), n.AdaptiveMaxPool2d(1), n.AdaptiveAvgPool1d(1), n.Flatten(), n.Unflatten(1, (1, 2)), n.Identity(),
            n.Upsample(scale_factor=2), n.PixelShuffle(2), n.ZeroPad2d(1), n.ReflectionPad2d(1), n.Sequential(n.Linear(2, 2), n.ReLU()), n.ModuleList([n.Linear(1, 1)]), n.ModuleDict({"a": n.Linear(1, 1)}), n.ParameterList([n.Parameter(__import__("torch").ones(1))]),
            n.CrossEntropyLoss(), n.MSELoss(), n.BCELoss(), n.BCEWithLogitsLoss(), n.NLLLoss(), n.L1Loss(), n.SmoothL1Loss(), n.HuberLoss(), n.KLDivLoss(), n.MultiheadAttention(4, 2), n.TransformerEncoderLayer(4, 2), n.TransformerDecoderLayer(4, 2),
            n.Transformer(4, 2, 1, 1, 4), n.Bilinear(1, 1, 1), n.utils.weight_norm(n.Linear(1, 1)), n.utils.spectral_norm(n.Linear(1, 1)), n.SyncBatchNorm(2), n.CosineSimilarity(), n.Unfold(2), n.Fold((2, 2), 2), n.LPPool2d(2, 2), n.ConstantPad2d(1, 0)]


def torch():
    import torch
    from torch import optim
    t = torch
    for d in (t.float32, t.float64, t.float16, t.bfloat16, t.int8, t.int16, t.int32, t.int64, t.uint8, t.bool, t.complex64, t.complex128):
        yield "tensor", t.ones(2, dtype=d)
    yield "shapes", [t.Size([1]), t.device("cpu"), t.float32, t.strided, t.ones(2, requires_grad=True), t.nn.Parameter(t.ones(2)), t.ones(2, 3).t(), t.ones(4)[1:], t.preserve_format, t.contiguous_format, t.channels_last]
    yield "sparse", t.eye(2).to_sparse()
    yield "sparse_csr", t.eye(2).to_sparse_csr()
    yield "meta", t.empty(2, device="meta")
    yield "quantized", t.quantize_per_tensor(t.ones(2), 0.1, 0, t.qint8)
    yield "quantized_channel", t.quantize_per_channel(t.ones(2, 2), t.tensor([0.1, 0.2]), t.tensor([0, 0]), 0, t.qint8)
    yield "hooked", t.nn.Parameter(t.ones(2), requires_grad=False)
    yield "generator", t.get_rng_state()
    yield "finfo", t.Generator().get_state()
    for m in torch_modules():
        yield "module_" + type(m).__name__, m
        yield "state_" + type(m).__name__, m.state_dict()
    for o in (optim.SGD, optim.Adam, optim.AdamW, optim.RMSprop, optim.Adagrad, optim.Adadelta, optim.Adamax, optim.ASGD, optim.LBFGS, optim.NAdam, optim.RAdam, optim.Rprop):
        m = t.nn.Linear(2, 1)
        opt = o(m.parameters(), lr=0.1)
        m(t.ones(1, 2)).sum().backward()
        opt.step(lambda: m(t.ones(1, 2)).sum())
        yield "optim_" + o.__name__, opt
        yield "optim_state_" + o.__name__, opt.state_dict()
        yield "checkpoint", {"epoch": 1, "model": m.state_dict(), "optimizer": opt.state_dict(), "args": __import__("argparse").Namespace(lr=1)}
    s = optim.lr_scheduler
    opt = optim.SGD([t.nn.Parameter(t.ones(1))], lr=0.1)
    for sch in (s.StepLR(opt, 1), s.CosineAnnealingLR(opt, 3), s.ReduceLROnPlateau(opt), s.ExponentialLR(opt, 0.9), s.MultiStepLR(opt, [1]), s.OneCycleLR(opt, 0.1, 10)):
        yield "scheduler_" + type(sch).__name__, sch.state_dict()
    u = t.utils.data
    ds = u.TensorDataset(t.ones(3))
    yield "datasets", [ds, u.Subset(ds, [0]), u.ConcatDataset([ds])]
    for d in (t.distributions.Normal(0.0, 1.0), t.distributions.Categorical(t.ones(3))):
        yield "distribution", d
    yield "jit_like", t.nn.functional.relu
    yield "packed", t.nn.utils.rnn.pack_sequence([t.ones(2, 1)])
    yield "functions", [t.relu, t.tanh, t.sigmoid, t.nn.functional.gelu]
    yield "finfo2", t.ones(1).numpy()


def nltk():
    from nltk import FreqDist, tree
    from nltk.stem import PorterStemmer, SnowballStemmer
    from nltk.tokenize import RegexpTokenizer
    yield "freq", FreqDist("aab")
    yield "stem", [PorterStemmer(), SnowballStemmer("english")]
    yield "tree", tree.Tree("S", ["a"])
    yield "tok", RegexpTokenizer(r"\w+")
    from nltk import ConditionalFreqDist, NaiveBayesClassifier
    yield "bayes", NaiveBayesClassifier.train([({"a": 1}, "x"), ({"a": 2}, "y")])
    yield "cfd", ConditionalFreqDist([(1, 2)])


def gensim():
    from gensim import corpora, models
    d = corpora.Dictionary([["a", "b"], ["a"]])
    yield "dict", d
    yield "lda", models.LdaModel([[(0, 1)], [(1, 1)]], 2, d)
    yield "w2v", models.Word2Vec([["a", "b", "c"]] * 10, min_count=1, vector_size=4)
    yield "tfidf", models.TfidfModel([[(0, 1)], [(1, 1)]])
    yield "ft", models.FastText([["a", "b", "c"]] * 10, min_count=1, vector_size=4, bucket=10)
    yield "d2v", models.Doc2Vec([models.doc2vec.TaggedDocument(["a", "b"], [0])], min_count=1, vector_size=4)


SAMPLES = {f.__name__: f for f in (sklearn, statsmodels, xgboost, lightgbm, torch, nltk, gensim)}
