"""Models: sklearn, statsmodels, xgboost, lightgbm, nltk, gensim, spacy."""

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


def sklearn_more():
    import numpy as np
    import pandas as pd
    import sklearn
    from sklearn import calibration, cluster, compose, covariance, datasets, decomposition, dummy, ensemble, exceptions, feature_selection, gaussian_process, impute, inspection, isotonic, linear_model, manifold, metrics, mixture, model_selection, multiclass
    from sklearn import naive_bayes, neighbors, neural_network, pipeline, preprocessing, svm, tree, utils
    from sklearn.experimental import enable_halving_search_cv, enable_iterative_imputer  # noqa: F401
    rng = np.random.RandomState(0)
    x = np.abs(rng.rand(40, 4)) + 0.1
    y = np.arange(40) % 2
    y3 = np.arange(40) % 3
    r = x[:, 0] * 2
    df = pd.DataFrame(x, columns=list("abcd"))
    df["e"] = np.where(y, "p", "q")
    for make in (linear_model.LogisticRegression, tree.DecisionTreeClassifier, ensemble.RandomForestClassifier, svm.SVC, neighbors.KNeighborsClassifier, naive_bayes.GaussianNB, ensemble.HistGradientBoostingClassifier, ensemble.GradientBoostingClassifier, ensemble.AdaBoostClassifier, neural_network.MLPClassifier):
        yield "frame_" + make.__name__, make().fit(df[list("abcd")], df["e"])
        yield "multi_" + make.__name__, make().fit(x, y3)
    columns = compose.ColumnTransformer([("n", pipeline.make_pipeline(impute.SimpleImputer(), preprocessing.StandardScaler()), list("abcd")), ("c", preprocessing.OneHotEncoder(handle_unknown="ignore"), ["e"])], remainder="drop")
    yield "frame_pipeline", pipeline.Pipeline([("p", columns), ("m", linear_model.LogisticRegression())]).fit(df, y)
    yield "column_selector", compose.make_column_transformer((preprocessing.StandardScaler(), compose.make_column_selector(dtype_include="number")), remainder="passthrough").fit(df)
    yield "set_output", preprocessing.StandardScaler().set_output(transform="pandas").fit(df[list("abcd")])
    yield "function_transformers", [preprocessing.FunctionTransformer(f).fit(x) for f in (np.log1p, np.sqrt, np.exp, np.abs)] + [preprocessing.FunctionTransformer(np.log1p, np.expm1, check_inverse=False).fit(x)]
    yield "imputers", [impute.SimpleImputer(strategy="constant", fill_value=0).fit(x), impute.SimpleImputer(strategy="most_frequent").fit(df), impute.KNNImputer().fit(x), impute.IterativeImputer(max_iter=2).fit(x), impute.MissingIndicator().fit(x), impute.IterativeImputer(estimator=ensemble.ExtraTreesRegressor(2), max_iter=2).fit(x)]
    yield "searches", [model_selection.GridSearchCV(tree.DecisionTreeClassifier(), {"max_depth": [1, None]}, cv=model_selection.StratifiedKFold(2), scoring="f1").fit(x, y), model_selection.GridSearchCV(tree.DecisionTreeClassifier(), {"max_depth": [1]}, cv=2, scoring={"a": "accuracy", "b": metrics.make_scorer(metrics.fbeta_score, beta=2)}, refit="a").fit(x, y),
                       model_selection.RandomizedSearchCV(ensemble.RandomForestClassifier(2), {"max_depth": __import__("scipy.stats", fromlist=["x"]).randint(1, 5)}, n_iter=2, cv=2, random_state=0).fit(x, y), model_selection.HalvingGridSearchCV(tree.DecisionTreeClassifier(), {"max_depth": [1, 2]}, cv=2, min_resources=10).fit(x, y), model_selection.HalvingRandomSearchCV(tree.DecisionTreeClassifier(), {"max_depth": [1, 2]}, cv=2, min_resources=10).fit(x, y),
                       model_selection.GridSearchCV(pipeline.make_pipeline(preprocessing.StandardScaler(), svm.SVC()), {"svc__C": [1]}, cv=2).fit(x, y), model_selection.RandomizedSearchCV(svm.SVC(), {"C": __import__("scipy.stats", fromlist=["x"]).loguniform(1, 2)}, n_iter=2, cv=2, random_state=np.random.RandomState(0)).fit(x, y)]
    yield "cross_validate", [model_selection.cross_validate(tree.DecisionTreeClassifier(), x, y, cv=2, return_estimator=True), model_selection.cross_val_score(tree.DecisionTreeClassifier(), x, y, cv=2), model_selection.ParameterGrid({"a": [1]}), model_selection.ParameterSampler({"a": [1, 2]}, 1, random_state=0), model_selection.TunedThresholdClassifierCV(linear_model.LogisticRegression(), cv=2).fit(x, y), model_selection.FixedThresholdClassifier(linear_model.LogisticRegression()).fit(x, y)]
    for c in (model_selection.StratifiedShuffleSplit(2), model_selection.GroupShuffleSplit(2), model_selection.LeaveOneGroupOut(), model_selection.LeavePOut(2), model_selection.LeavePGroupsOut(2), model_selection.PredefinedSplit([0, 1]), model_selection.RepeatedStratifiedKFold(), model_selection.StratifiedGroupKFold(2)):
        yield "cv_more", c
    yield "selection", [feature_selection.SelectKBest(k=2).fit(x, y), feature_selection.SelectKBest(feature_selection.chi2, k=2).fit(x, y), feature_selection.SelectKBest(feature_selection.mutual_info_classif, k=2).fit(x, y), feature_selection.SelectPercentile(feature_selection.f_regression).fit(x, r), feature_selection.SelectFromModel(linear_model.Lasso(0.01)).fit(x, r), feature_selection.RFE(svm.LinearSVC(), n_features_to_select=1).fit(x, y), feature_selection.RFECV(svm.LinearSVC(), cv=2).fit(x, y), feature_selection.VarianceThreshold().fit(x), feature_selection.SequentialFeatureSelector(linear_model.LinearRegression(), n_features_to_select=1, cv=2).fit(x, r), feature_selection.SelectKBest(feature_selection.r_regression, k=1).fit(x, r), feature_selection.SelectKBest(feature_selection.mutual_info_regression, k=1).fit(x, r)]
    yield "trees", [tree.DecisionTreeClassifier().fit(x, y).tree_, tree.DecisionTreeRegressor(criterion="absolute_error").fit(x, r), tree.DecisionTreeRegressor(criterion="friedman_mse").fit(x, r), tree.DecisionTreeClassifier(criterion="entropy", splitter="random").fit(x, y), ensemble.RandomForestRegressor(2, criterion="poisson").fit(x, r), ensemble.ExtraTreesClassifier(2, oob_score=True, bootstrap=True).fit(x, y), ensemble.RandomForestClassifier(2, random_state=np.random.RandomState(0), class_weight="balanced").fit(x, y)]
    yield "linear", [linear_model.LogisticRegression(solver=s).fit(x, y) for s in ("liblinear", "saga", "newton-cg")] + [linear_model.LogisticRegressionCV(cv=2).fit(x, y), linear_model.RidgeCV().fit(x, r), linear_model.LassoCV(cv=2).fit(x, r), linear_model.RANSACRegressor().fit(x, r), linear_model.RANSACRegressor(loss="squared_error").fit(x, r), linear_model.QuantileRegressor(solver="highs").fit(x, r), linear_model.TweedieRegressor(power=1.5).fit(x, r)]
    k = gaussian_process.kernels
    yield "gp_more", [gaussian_process.GaussianProcessClassifier(1.0 * k.RBF(1.0)).fit(x, y), gaussian_process.GaussianProcessClassifier(k.Matern(nu=0.5)).fit(x, y3), gaussian_process.GaussianProcessRegressor(k.CompoundKernel([k.RBF(), k.RBF()])), gaussian_process.GaussianProcessRegressor(k.PairwiseKernel(metric="linear")).fit(x, r), k.Sum(k.RBF(), k.WhiteKernel()), k.Exponentiation(k.RBF(), 2), k.Hyperparameter("a", "numeric", (1, 2))]
    yield "cluster", [cluster.KMeans(2, n_init=1, algorithm="elkan").fit(x), cluster.DBSCAN(metric="cosine").fit(x), cluster.AgglomerativeClustering(2, linkage="single").fit(x), cluster.HDBSCAN().fit(x), cluster.SpectralClustering(2).fit(x), cluster.Birch(n_clusters=2).fit(x), cluster.OPTICS().fit(x), cluster.MeanShift().fit(x), cluster.BisectingKMeans(2).fit(x), cluster.FeatureAgglomeration(2, pooling_func=np.max).fit(x), cluster.AgglomerativeClustering(2, connectivity=neighbors.kneighbors_graph(x, 3)).fit(x)]
    yield "neighbors", [neighbors.KNeighborsRegressor(weights="distance", metric="manhattan").fit(x, r), neighbors.NearestNeighbors(metric="cosine").fit(x), neighbors.NearestNeighbors(metric="haversine", algorithm="ball_tree").fit(x[:, :2]), neighbors.LocalOutlierFactor(novelty=True).fit(x), neighbors.KernelDensity(kernel="tophat").fit(x), neighbors.KNeighborsClassifier(metric="minkowski", p=3).fit(x, y), neighbors.BallTree(x, metric="euclidean"), neighbors.KDTree(x, metric="chebyshev"), neighbors.BallTree(x.astype("f4")), neighbors.KDTree32(x), neighbors.KNeighborsClassifier(metric="mahalanobis", metric_params={"V": np.eye(4)}).fit(x, y)]
    for m in ("euclidean", "cityblock", "l1", "l2", "p", "infinity", "dice", "rogerstanimoto", "russellrao", "sokalmichener", "sokalsneath"):
        yield "metric32_" + m, [metrics.DistanceMetric.get_metric(m), metrics.DistanceMetric.get_metric(m, np.float32)]
    yield "decomposition", [decomposition.PCA(svd_solver="randomized", n_components=2).fit(x), decomposition.NMF(2, init="random", max_iter=9).fit(x), decomposition.LatentDirichletAllocation(2, max_iter=2).fit(x), decomposition.TruncatedSVD(2).fit(x), decomposition.FastICA(2, whiten="unit-variance").fit(x), decomposition.KernelPCA(2, kernel="rbf").fit(x), decomposition.IncrementalPCA(2).fit(x), manifold.TSNE(2, perplexity=5).fit(x), manifold.MDS(2).fit(x), manifold.Isomap().fit(x), mixture.GaussianMixture(2).fit(x), mixture.BayesianGaussianMixture(n_components=2).fit(x), covariance.LedoitWolf().fit(x), covariance.EllipticEnvelope().fit(x), isotonic.IsotonicRegression().fit(x[:, 0], r)]
    yield "hgb", [ensemble.HistGradientBoostingRegressor(max_iter=2, loss=loss).fit(x, r) for loss in ("gamma", "poisson", "absolute_error")] + [ensemble.HistGradientBoostingClassifier(max_iter=2, categorical_features=[0]).fit(np.round(x * 3), y), ensemble.HistGradientBoostingClassifier(max_iter=2, early_stopping=True, scoring="loss").fit(x, y), ensemble.HistGradientBoostingClassifier(max_iter=2, monotonic_cst=[1, 0, 0, 0]).fit(x, y)]
    yield "boosting", [ensemble.GradientBoostingClassifier(n_estimators=2, loss="exponential").fit(x, y), ensemble.GradientBoostingClassifier(n_estimators=2, init="zero").fit(x, y), ensemble.AdaBoostRegressor(n_estimators=2).fit(x, r), ensemble.BaggingClassifier(svm.SVC(), 2).fit(x, y), ensemble.IsolationForest(n_estimators=2).fit(x), ensemble.StackingRegressor([("a", linear_model.Ridge())], final_estimator=linear_model.Lasso()).fit(x, r), ensemble.VotingRegressor([("a", linear_model.Ridge())]).fit(x, r), ensemble.RandomTreesEmbedding(2).fit(x)]
    yield "mlp", [neural_network.MLPClassifier((3,), solver=s, max_iter=3).fit(x, y) for s in ("adam", "sgd", "lbfgs")] + [neural_network.MLPRegressor((3,), early_stopping=True, max_iter=3).fit(x, r)]
    yield "svms", [svm.SVC(kernel="precomputed").fit(x @ x.T, y), svm.SVC(decision_function_shape="ovo").fit(x, y3), svm.NuSVC().fit(x, y), svm.SVC().fit(__import__("scipy.sparse", fromlist=["x"]).csr_matrix(x), y), svm.SVC(kernel=metrics.pairwise.rbf_kernel).fit(x, y), svm.SVC(kernel=metrics.pairwise.cosine_similarity).fit(x, y)]
    yield "scorers", [metrics.get_scorer(n) for n in ("f1", "f1_macro", "precision", "recall", "neg_mean_squared_error", "neg_root_mean_squared_error", "r2", "neg_mean_absolute_error", "balanced_accuracy", "average_precision", "roc_auc_ovr", "neg_brier_score", "jaccard", "explained_variance", "max_error", "neg_median_absolute_error", "top_k_accuracy", "matthews_corrcoef", "adjusted_rand_score", "v_measure_score", "mutual_info_score")]
    yield "scorers_new", [metrics.get_scorer("neg_root_mean_squared_log_error"), metrics.get_scorer("d2_absolute_error_score"), metrics.make_scorer(metrics.roc_auc_score, response_method="predict_proba"), metrics.make_scorer(metrics.log_loss, greater_is_better=False), metrics.get_scorer("positive_likelihood_ratio"), metrics.get_scorer("neg_mean_gamma_deviance"), metrics.get_scorer("neg_mean_poisson_deviance"), metrics.get_scorer("neg_mean_absolute_percentage_error"), metrics.get_scorer("neg_max_error"), metrics.get_scorer("neg_mean_squared_log_error")]
    yield "functions", [metrics.accuracy_score, metrics.f1_score, metrics.mean_squared_error, metrics.r2_score, metrics.roc_auc_score, metrics.confusion_matrix, metrics.pairwise.cosine_similarity, metrics.pairwise.euclidean_distances, metrics.log_loss, metrics.mean_absolute_error, metrics.precision_score, metrics.recall_score, metrics.pairwise.linear_kernel, metrics.pairwise.polynomial_kernel, metrics.silhouette_score,
                        preprocessing.scale, preprocessing.normalize, utils.shuffle, utils.resample, datasets.load_iris, feature_selection.f_classif, feature_selection.chi2, neighbors.BallTree, sklearn.base.clone, preprocessing.StandardScaler, linear_model.LogisticRegression]
    yield "calibration", [calibration.CalibratedClassifierCV(svm.LinearSVC(), cv=2, method="temperature").fit(x, y), calibration.CalibratedClassifierCV(linear_model.LogisticRegression().fit(x, y), cv="prefit").fit(x, y), sklearn.frozen.FrozenEstimator(linear_model.LogisticRegression().fit(x, y)), preprocessing.TargetEncoder(cv=2).fit(df[["e"]], y), preprocessing.KBinsDiscretizer(3, encode="ordinal").fit(x), preprocessing.SplineTransformer().fit(x), preprocessing.OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1).fit(df[["e"]]), preprocessing.OneHotEncoder(sparse_output=False, drop="first").fit(df[["e"]]), preprocessing.LabelEncoder().fit(df["e"]), preprocessing.OneHotEncoder(dtype=np.int64).fit(df[["e"]]), preprocessing.OneHotEncoder(min_frequency=2).fit(df[["e"]])]
    yield "warnings", [exceptions.NotFittedError("x"), exceptions.ConvergenceWarning("x"), exceptions.UndefinedMetricWarning("x"), exceptions.DataConversionWarning("x"), exceptions.InconsistentVersionWarning(estimator_name="a", current_sklearn_version="1", original_sklearn_version="2"), exceptions.FitFailedWarning("x"), exceptions.DataDimensionalityWarning("x"), exceptions.EfficiencyWarning("x")]
    yield "displays", [inspection.permutation_importance(tree.DecisionTreeClassifier().fit(x, y), x, y, n_repeats=2), inspection.partial_dependence(tree.DecisionTreeClassifier().fit(x, y), x, [0]), datasets.load_iris(as_frame=True), datasets.make_classification(), datasets.load_digits(), dummy.DummyClassifier().fit(x, y), multiclass.OutputCodeClassifier(svm.LinearSVC()).fit(x, y3), utils.Bunch(a=x)]
    yield "unfitted_pipeline", pipeline.Pipeline([("a", preprocessing.StandardScaler()), ("b", "passthrough")], memory=None)
    yield "union", [pipeline.FeatureUnion([("a", decomposition.PCA(1)), ("b", feature_selection.SelectKBest(k=1))]).fit(x, y), compose.TransformedTargetRegressor(linear_model.Ridge(), func=np.log1p, inverse_func=np.expm1).fit(x, r), compose.TransformedTargetRegressor(linear_model.Ridge(), transformer=preprocessing.StandardScaler()).fit(x, r)]
    from sklearn.feature_extraction import text
    yield "text_more", [text.TfidfVectorizer(stop_words="english", ngram_range=(1, 2)).fit(["a cat sat", "a dog"]), text.TfidfVectorizer(tokenizer=str.split, token_pattern=None).fit(["a cat sat", "a dog"]), text.TfidfVectorizer(preprocessor=str.lower).fit(["a cat sat"]), text.CountVectorizer(analyzer=str.split).fit(["a b"]), text.TfidfTransformer().fit([[1, 2]]), text.CountVectorizer(dtype=np.float32).fit(["cat dog"]), text.CountVectorizer(vocabulary=["cat"])]
    yield "routing", linear_model.LogisticRegression().get_metadata_routing()


def imblearn():
    import numpy as np
    from imblearn import combine, ensemble, over_sampling, pipeline, under_sampling
    from sklearn.linear_model import LogisticRegression
    x, y = np.random.rand(40, 3), (np.arange(40) % 4 == 0) * 1
    for s in (over_sampling.SMOTE(k_neighbors=2), over_sampling.RandomOverSampler(), under_sampling.RandomUnderSampler(), over_sampling.ADASYN(n_neighbors=2), under_sampling.TomekLinks(), combine.SMOTETomek(), under_sampling.NearMiss(), over_sampling.BorderlineSMOTE(k_neighbors=2), under_sampling.EditedNearestNeighbours(), combine.SMOTEENN()):
        s.fit_resample(x, y)
        yield type(s).__name__, s
    yield "pipeline", pipeline.make_pipeline(over_sampling.SMOTE(k_neighbors=2), LogisticRegression()).fit(x, y)
    yield "forest", [ensemble.BalancedRandomForestClassifier(2).fit(x, y), ensemble.EasyEnsembleClassifier(2).fit(x, y), ensemble.BalancedBaggingClassifier(n_estimators=2).fit(x, y), ensemble.RUSBoostClassifier(n_estimators=2).fit(x, y)]


def hmmlearn():
    import numpy as np
    from hmmlearn import hmm
    yield "gaussian", hmm.GaussianHMM(2, n_iter=2).fit(np.random.rand(20, 2))
    yield "categorical", hmm.CategoricalHMM(2, n_iter=2).fit(np.arange(20).reshape(-1, 1) % 3)
    yield "gmm", hmm.GMMHMM(2, n_mix=1, n_iter=2).fit(np.random.rand(20, 2))


def catboost():
    import catboost
    import numpy as np
    x, y = np.random.rand(20, 3), np.arange(20) % 2
    yield "classifier", catboost.CatBoostClassifier(iterations=2, verbose=0, allow_writing_files=False).fit(x, y)
    yield "regressor", catboost.CatBoostRegressor(iterations=2, verbose=0, allow_writing_files=False).fit(x, y)


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
    from statsmodels.tsa import api as tsa
    df = pd.DataFrame({"x": np.arange(20.0), "y": y, "g": list("ab") * 10}, index=pd.date_range("2026-01-01", periods=20))
    two = pd.DataFrame(np.random.RandomState(0).rand(30, 2), columns=["a", "b"])
    binary = (y > 8) * 1 * (np.arange(20) % 3 > 0)
    yield "linear_more", [sm.WLS(y, x).fit(), sm.GLS(y, x).fit(), sm.GLSAR(y, x).fit(), sm.QuantReg(y, x).fit(), sm.RLM(y, x).fit(), sm.OLS(y, x).fit_regularized(), sm.RecursiveLS(y, x).fit(), sm.MixedLM(y, x, groups=df["g"]).fit(), sm.OLS(df["y"], df[["x"]]).fit(cov_type="HC3"), sm.OLS(y, x)]
    yield "discrete", [sm.Probit(binary, x).fit(disp=0), sm.Poisson(np.arange(20), x).fit(disp=0), sm.MNLogit(np.arange(20) % 3, x).fit(disp=0), sm.NegativeBinomial(np.arange(20), x).fit(disp=0), sm.GLM(binary, x, family=sm.families.Binomial()).fit(), sm.GLM(np.arange(20), x, family=sm.families.Poisson()).fit(), sm.GLM(y + 1, x, family=sm.families.Gamma(sm.families.links.Log())).fit(), sm.GEE(y, x, groups=df["g"]).fit(),
                       sm.GLM(y + 1, x, family=sm.families.InverseGaussian()).fit(), sm.GLM(y + 1, x, family=sm.families.Tweedie()).fit(), sm.GLM(np.arange(20), x, family=sm.families.NegativeBinomial()).fit(), sm.ConditionalLogit(binary, x[:, 1:], groups=np.arange(20) // 5).fit(disp=0), sm.ZeroInflatedPoisson(np.arange(20) % 4, x).fit(disp=0)]
    yield "formulas", [smf.logit("v ~ x", df.assign(v=binary)).fit(disp=0), smf.glm("y ~ x", df).fit(), smf.ols("y ~ C(g) + np.log(x + 1)", df).fit(), smf.mixedlm("y ~ x", df, groups="g").fit(), smf.quantreg("y ~ x", df).fit(), smf.poisson("w ~ x", df.assign(w=np.arange(20))).fit(disp=0)]
    yield "series", [tsa.SARIMAX(y, order=(1, 0, 0)).fit(disp=0), tsa.AutoReg(y, 1).fit(), tsa.VAR(two).fit(1), tsa.SimpleExpSmoothing(y).fit(), tsa.Holt(y).fit(), tsa.UnobservedComponents(y, "local level").fit(disp=0), tsa.ARDL(y, 1).fit(), tsa.VECM(two, k_ar_diff=1).fit(), tsa.STL(df["y"], period=4).fit(), tsa.seasonal_decompose(df["y"], period=4), tsa.ExponentialSmoothing(df["y"], trend="add").fit(), tsa.ARIMA(df["y"], order=(1, 1, 0)).fit(), tsa.ETSModel(df["y"]).fit(disp=0), tsa.MarkovRegression(y, 2).fit(disp=0), tsa.VARMAX(two, order=(1, 0)).fit(disp=0, maxiter=2), tsa.DynamicFactor(two, k_factors=1, factor_order=1).fit(disp=0, maxiter=2), tsa.ThetaModel(df["y"], period=4).fit(), tsa.ARIMA(y, order=(1, 0, 0), seasonal_order=(1, 0, 0, 4)).fit()]
    yield "other", [sm.PCA(two), sm.nonparametric.KDEUnivariate(y), sm.MICEData(two), sm.Factor(np.random.rand(20, 4), 1).fit(), sm.ProbPlot(y), sm.stats.DescrStatsW(y), sm.stats.anova_lm(smf.ols("y ~ x", df).fit()), sm.SurvfuncRight(y, binary), sm.PHReg(y, x[:, 1:], status=binary).fit(), sm.distributions.ECDF(y), sm.nonparametric.lowess(y, np.arange(20.0)), sm.stats.Table2x2([[1, 2], [3, 4]]), sm.GLMGam(y, smoother=__import__("statsmodels.gam.api", fromlist=["x"]).BSplines(np.arange(20.0), 4, 3)).fit(), sm.add_constant(df[["x"]])]


def xgboost():
    import numpy as np
    import xgboost as xgb
    x, y = np.random.rand(20, 3), np.arange(20) % 2
    yield "classifier", xgb.XGBClassifier(n_estimators=2).fit(x, y)
    yield "regressor", xgb.XGBRegressor(n_estimators=2).fit(x, y)
    yield "booster", xgb.train({}, xgb.DMatrix(x, y), 2)
    yield "more", [xgb.XGBRanker(n_estimators=2).fit(x, y, group=[20]), xgb.XGBRFClassifier(n_estimators=2).fit(x, y), xgb.XGBRFRegressor(n_estimators=2).fit(x, y), xgb.XGBClassifier(), xgb.XGBClassifier(n_estimators=2, early_stopping_rounds=1).fit(x, y, eval_set=[(x, y)], verbose=False), xgb.XGBClassifier(n_estimators=2, callbacks=[xgb.callback.EarlyStopping(2)]).fit(x, y, eval_set=[(x, y)], verbose=False), xgb.XGBClassifier(n_estimators=2, booster="gblinear").fit(x, y), xgb.XGBClassifier(n_estimators=2, booster="dart").fit(x, np.arange(20) % 3), xgb.core.XGBoostError("x")]


def lightgbm():
    import lightgbm as lgb
    import numpy as np
    x, y = np.random.rand(50, 3), np.arange(50) % 2
    yield "classifier", lgb.LGBMClassifier(n_estimators=2).fit(x, y)
    yield "regressor", lgb.LGBMRegressor(n_estimators=2).fit(x, y)
    yield "booster", lgb.train({}, lgb.Dataset(x, y), 2)
    yield "more", [lgb.LGBMRanker(n_estimators=2).fit(x, y, group=[50]), lgb.LGBMClassifier(n_estimators=2).fit(x, np.arange(50) % 3), lgb.LGBMClassifier(), lgb.basic.LightGBMError("x"), lgb.LGBMRegressor(n_estimators=2, objective="quantile", alpha=0.5).fit(x, y)]


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
    import nltk
    from nltk import chunk, grammar, lm, tag, tokenize
    train = [[("a", "X"), ("b", "Y")]] * 3
    yield "taggers", [tag.UnigramTagger(train), tag.BigramTagger(train, backoff=tag.UnigramTagger(train)), tag.DefaultTagger("X"), tag.RegexpTagger([(r".*", "X")]), tag.AffixTagger(train), tag.hmm.HiddenMarkovModelTrainer().train_supervised(train), tag.PerceptronTagger(load=False), tag.TrigramTagger(train)]
    yield "stemmers", [nltk.stem.LancasterStemmer(), nltk.stem.RegexpStemmer("ing$"), nltk.stem.WordNetLemmatizer(), nltk.stem.ISRIStemmer(), nltk.stem.SnowballStemmer("german"), nltk.stem.SnowballStemmer("french")]
    yield "tokenizers", [tokenize.TreebankWordTokenizer(), tokenize.TweetTokenizer(), tokenize.WordPunctTokenizer(), tokenize.WhitespaceTokenizer(), tokenize.PunktSentenceTokenizer(), tokenize.punkt.PunktTrainer("A b. C d.").get_params(), tokenize.MWETokenizer([("a", "b")]), tokenize.LineTokenizer(), tokenize.NLTKWordTokenizer(), tokenize.word_tokenize, tokenize.sent_tokenize, tokenize.PunktSentenceTokenizer("A b. C d. Mr. E f.")]
    yield "grammar", [nltk.CFG.fromstring("S -> 'a'"), grammar.PCFG.fromstring("S -> 'a' [1.0]"), chunk.RegexpParser("NP: {<X>}"), nltk.DecisionTreeClassifier.train([({"a": 1}, "x"), ({"a": 2}, "y")] * 9), nltk.MaxentClassifier.train([({"a": 1}, "x"), ({"a": 2}, "y")], trace=0, max_iter=2), lm.MLE(1), lm.Laplace(2), lm.Vocabulary(["a"]), nltk.Text(["a", "b"]), nltk.probability.MLEProbDist(FreqDist("aab")), nltk.probability.LidstoneProbDist(FreqDist("aab"), 0.1), tree.ParentedTree("S", ["a"]), tree.ImmutableTree("S", ["a"])]


def gensim():
    from gensim import corpora, models
    d = corpora.Dictionary([["a", "b"], ["a"]])
    yield "dict", d
    yield "lda", models.LdaModel([[(0, 1)], [(1, 1)]], 2, d)
    yield "w2v", models.Word2Vec([["a", "b", "c"]] * 10, min_count=1, vector_size=4)
    yield "tfidf", models.TfidfModel([[(0, 1)], [(1, 1)]])
    yield "ft", models.FastText([["a", "b", "c"]] * 10, min_count=1, vector_size=4, bucket=10)
    yield "kv", models.Word2Vec([["a", "b", "c"]] * 10, min_count=1, vector_size=4).wv
    yield "more", [models.LsiModel([[(0, 1)], [(1, 1)]], d, 1), models.HdpModel([[(0, 1)], [(1, 1)]], d), models.Phrases([["a", "b"]] * 9), models.phrases.Phraser(models.Phrases([["a", "b"]] * 9, min_count=1)), models.LogEntropyModel([[(0, 1)], [(1, 1)]]), models.OkapiBM25Model(dictionary=d), models.Nmf([[(0, 1)], [(1, 1)]], 1, d), models.RpModel([[(0, 1)], [(1, 1)]], d, 2), models.EnsembleModel if hasattr(models, "EnsembleModel") else d.token2id,
                   __import__("gensim.similarities", fromlist=["x"]).MatrixSimilarity([[(0, 1)], [(1, 1)]], num_features=2), __import__("gensim.similarities", fromlist=["x"]).SparseMatrixSimilarity([[(0, 1)], [(1, 1)]], num_features=2), __import__("gensim.similarities.annoy", fromlist=["x"]), corpora.HashDictionary([["a"]]), models.CoherenceModel(topics=[["a", "b"]], texts=[["a", "b"]], dictionary=d), models.AuthorTopicModel([[(0, 1)], [(1, 1)]], 2, d, {"x": [0, 1]}), models.LdaMulticore([[(0, 1)], [(1, 1)]], 2, d, workers=1)]
    yield "d2v", models.Doc2Vec([models.doc2vec.TaggedDocument(["a", "b"], [0])], min_count=1, vector_size=4)


SAMPLES = {"sklearn": (sklearn, sklearn_more)}
SAMPLES.update((f.__name__, (f,)) for f in (statsmodels, xgboost, lightgbm, nltk, gensim, imblearn, hmmlearn, catboost))
