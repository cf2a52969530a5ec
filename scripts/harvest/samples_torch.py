"""torch: tensors, layers, whole models, optimizers, schedules; torchvision and torchaudio."""


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


def layers(nn):
    """One of each layer that torch.nn has, with small arguments of the kind that it takes."""
    tries = ((), (2,), (2, 2), (2, 2, 2), (4, 2), (1, 2), (1, 1, 1), ([nn.Linear(1, 1)],), ({"a": nn.Linear(1, 1)},), (2, 0.5), ((2, 2), 2), (1, (1, 2)), ((0.5, 1.0),), ([1.0],), (4, 6, [2, 4]), (nn.TransformerEncoderLayer(4, 2), 1), (nn.TransformerDecoderLayer(4, 2), 1))
    for name in sorted(dir(nn)):
        cls = getattr(nn, name)
        if isinstance(cls, type) and issubclass(cls, nn.Module):
            yield name, first(cls, tries)


def first(cls, tries):
    for args in tries:
        try:
            return cls(*args)
        except Exception:
            continue
    return cls()  # fails, and is told


def every_layer():
    import torch
    for name, layer in layers(torch.nn):
        yield "layer_" + name, layer
        yield "layer_state_" + name, layer.state_dict()
    for n in (torch.nn.LazyLinear(2), torch.nn.LazyConv2d(1, 1), torch.nn.LazyBatchNorm1d(), torch.nn.Conv2d(1, 1, 3, padding="same"), torch.nn.MaxPool2d(2, return_indices=True), torch.nn.TransformerEncoder(torch.nn.TransformerEncoderLayer(4, 2, activation="gelu", batch_first=True), 2), torch.nn.TransformerEncoderLayer(4, 2, activation=torch.nn.functional.gelu), torch.nn.Linear(2, 2, dtype=torch.float64), torch.nn.LSTM(2, 2, 2, bidirectional=True), torch.nn.AdaptiveLogSoftmaxWithLoss(4, 6, [2]), torch.nn.TripletMarginWithDistanceLoss(), torch.nn.Softmin(1), torch.nn.RMSNorm(2), torch.nn.Buffer(torch.ones(2)), torch.nn.UninitializedParameter()):
        yield "layer_more", n


def more():
    import torch as t
    from torch import nn, optim
    for d in ("float8_e4m3fn", "float8_e5m2", "float8_e4m3fnuz", "float8_e5m2fnuz", "float8_e8m0fnu", "uint16", "uint32", "uint64", "complex32"):
        yield "tensor_" + d, t.zeros(2).to(getattr(t, d))
    yield "dtypes", [t.float16, t.bfloat16, t.int8, t.uint16, t.complex64, t.bool, t.qint8, t.quint8, t.qint32, t.float8_e4m3fn, t.quint4x2]
    yield "layouts", [t.eye(2).to_sparse_csc(), t.eye(2).to_sparse_bsr((1, 1)), t.eye(2).to_sparse_bsc((1, 1)), t.eye(2).to_sparse().coalesce(), t.sparse_coo, t.sparse_csr, t.eye(2).to_mkldnn(), t.nested.nested_tensor([t.ones(1), t.ones(2)]), t.nested.nested_tensor([t.ones(1), t.ones(2)], layout=t.jagged)]
    yield "views", [t.ones(2, 2).expand(3, 2, 2), t.ones(2, 2)[:, 0], t.view_as_complex(t.ones(2, 2)), t.ones(2, dtype=t.complex64).conj(), t.ones(1, 2, 2, 2).to(memory_format=t.channels_last), t.tensor(3), t.empty(0), t.ones(2, requires_grad=True) * 1.0]
    yield "storages", [t.ones(2).storage(), t.ones(2).untyped_storage(), t.FloatStorage([1.0]), t.UntypedStorage(2)]
    yield "types", [t.Tensor, t.nn.Parameter, t.FloatTensor, t.LongTensor, t.nn.Linear, t.optim.Adam, t.nn.ReLU, t.nn.functional.softmax, t.nn.functional.cross_entropy, t.sum, t.mean, t.add, t.matmul, t.cat, t.stack, t.softmax, t.nn.functional.relu, t.nn.functional.gelu, t.nn.functional.silu, t.nn.functional.leaky_relu, t.tanh, t.sin, t.exp, t.nn.init.xavier_uniform_]
    class_of = type("Named", (t.Tensor,), {"__module__": "samples_user"})
    yield "attributed", [tagged(t.ones(2)), tagged(nn.Parameter(t.ones(2))), t.ones(2).refine_names("a"), class_of]
    for name in sorted(dir(optim)):
        o = getattr(optim, name)
        if isinstance(o, type) and issubclass(o, optim.Optimizer) and o is not optim.Optimizer:
            yield "optimizer_" + name, stepped(t, o)
    m = nn.Linear(2, 1)
    opt = optim.SGD(m.parameters(), lr=0.1, momentum=0.9)
    s = optim.lr_scheduler
    for sch in (s.StepLR(opt, 1), s.CosineAnnealingLR(opt, 3), s.ReduceLROnPlateau(opt), s.ExponentialLR(opt, 0.9), s.MultiStepLR(opt, [1]), s.OneCycleLR(opt, 0.1, 10), s.LinearLR(opt), s.ConstantLR(opt), s.PolynomialLR(opt), s.CyclicLR(opt, 0.1, 0.2), s.CosineAnnealingWarmRestarts(opt, 3), s.ChainedScheduler([s.LinearLR(opt)]), s.SequentialLR(opt, [s.LinearLR(opt), s.StepLR(opt, 1)], [1]), s.LambdaLR(opt, halved), s.MultiplicativeLR(opt, halved)):
        yield "schedule_" + type(sch).__name__, sch
        yield "schedule_state_" + type(sch).__name__, sch.state_dict()
    d = t.distributions
    one = t.ones(2)
    yield "distributions", [d.Bernoulli(one * 0.5), d.Beta(one, one), d.Binomial(3, one * 0.5), d.Cauchy(one, one), d.Chi2(one), d.Dirichlet(one), d.Exponential(one), d.FisherSnedecor(one, one), d.Gamma(one, one), d.Geometric(one * 0.5), d.Gumbel(one, one), d.HalfCauchy(one), d.HalfNormal(one), d.Independent(d.Normal(one, one), 1), d.Kumaraswamy(one, one), d.LKJCholesky(2), d.Laplace(one, one), d.LogNormal(one, one), d.LowRankMultivariateNormal(one, t.ones(2, 1), one), d.MixtureSameFamily(d.Categorical(one), d.Normal(one, one)), d.Multinomial(3, one), d.MultivariateNormal(one, t.eye(2)), d.NegativeBinomial(one, one * 0.5),
                            d.OneHotCategorical(one), d.Pareto(one, one), d.Poisson(one), d.RelaxedBernoulli(one, one * 0.5), d.RelaxedOneHotCategorical(one, one), d.StudentT(one), d.TransformedDistribution(d.Normal(one, one), [d.transforms.AffineTransform(0, 1)]), d.Uniform(nil2(t), one), d.VonMises(one, one), d.Weibull(one, one), d.Wishart(t.tensor(3.0), t.eye(2)), d.ContinuousBernoulli(one * 0.5), d.InverseGamma(one, one), d.constraints.positive, d.transforms.ExpTransform()]
    u = t.utils.data
    ds = u.TensorDataset(t.ones(6))
    yield "data", [u.DataLoader(ds), u.DataLoader(ds, batch_size=2, shuffle=True), u.RandomSampler(ds), u.SequentialSampler(ds), u.BatchSampler(u.SequentialSampler(ds), 2, False), u.WeightedRandomSampler([1.0], 1), u.SubsetRandomSampler([0]), u.ChainDataset([ds]), u.StackDataset(ds), u.random_split(ds, [3, 3])[0], u.DistributedSampler(ds, 2, 0), u.default_collate, u.Dataset()]
    yield "rng", [t.Generator(), t.get_rng_state(), {"torch": t.get_rng_state(), "python": __import__("random").getstate(), "numpy": __import__("numpy").random.get_state()}]
    yield "normed", [nn.utils.parametrizations.weight_norm(nn.Linear(1, 1)), nn.utils.parametrizations.orthogonal(nn.Linear(2, 2)), nn.utils.parametrizations.spectral_norm(nn.Linear(2, 2)), nn.utils.prune.l1_unstructured(nn.Linear(2, 2), "weight", 0.5), nn.utils.prune.random_unstructured(nn.Linear(2, 2), "weight", 1), nn.utils.remove_weight_norm(nn.utils.weight_norm(nn.Linear(1, 1)))]
    yield "swa", [optim.swa_utils.AveragedModel(nn.Linear(1, 1)), optim.swa_utils.SWALR(opt, 0.1), optim.swa_utils.AveragedModel(nn.Linear(1, 1), multi_avg_fn=optim.swa_utils.get_ema_multi_avg_fn(0.9))]


def quantized():
    import torch as t
    from torch import nn
    q = t.ao.quantization
    yield "quantized_modules", [q.QuantStub(), q.DeQuantStub(), q.get_default_qconfig("fbgemm"), q.default_qconfig, q.MinMaxObserver(), q.HistogramObserver(), q.FakeQuantize(), q.quantize_dynamic(nn.Sequential(nn.Linear(2, 2), nn.LSTM(2, 2)), {nn.Linear, nn.LSTM}, dtype=t.qint8), q.QuantWrapper(nn.Linear(1, 1)), q.fuse_modules(nn.Sequential(nn.Conv2d(1, 1, 1), nn.BatchNorm2d(1), nn.ReLU()).eval(), [["0", "1", "2"]]), t.nn.quantized.FloatFunctional(), q.PerChannelMinMaxObserver(), converted(t)]


def parts():
    import collections
    import torch as t
    from torch import nn
    yield "fx", t.fx.symbolic_trace(nn.Sequential(nn.Linear(1, 1), nn.ReLU()))
    yield "parallel", nn.DataParallel(nn.Linear(1, 1))
    yield "hooked", [hooked(nn.Linear(1, 1)), nn.Sequential(collections.OrderedDict(a=nn.Linear(1, 1)))]
    yield "losses", [nn.CrossEntropyLoss(weight=t.ones(2)), nn.CTCLoss(), nn.GaussianNLLLoss(), nn.PoissonNLLLoss(), nn.CosineEmbeddingLoss()]
    yield "checkpoint_more", [{"state_dict": collections.OrderedDict(a=t.ones(1)), "hyper_parameters": {"lr": 0.1}, "epoch": 3, "global_step": 1, "callbacks": {}, "loops": {}, "pytorch-lightning_version": "2.0"}, {"model": nn.Linear(1, 1), "ema": None, "date": "x"}, {"args": __import__("argparse").Namespace(a=1, d=__import__("pathlib").Path("x")), "best": float("inf"), "scaler": t.amp.GradScaler("cpu").state_dict(), "numpy": __import__("numpy").float64(1)}]
    yield "amp", [t.cuda.amp.GradScaler(), t.amp.GradScaler("cpu")]
    yield "errors", [t.OutOfMemoryError("x"), t.linalg.LinAlgError("x"), t.cuda.OutOfMemoryError("x"), t.nn.modules.module.ModuleAttributeError("x") if hasattr(t.nn.modules.module, "ModuleAttributeError") else None]
    yield "special", [t.finfo(t.float32), t.iinfo(t.int8), t.Size([1, 2]), t.device("cuda:0"), t.device("meta"), t.per_tensor_affine, t.ones(1).grad_fn, t.return_types.max([t.ones(1), t.ones(1)]), t.ones(3).max(0), t.sort(t.ones(2)), t.linalg.svd(t.eye(2)), t.topk(t.ones(2), 1)]


def nil2(t):
    return t.zeros(2)


def halved(epoch):
    return 0.5


def tagged(tensor):
    tensor.tag = "x"
    return tensor


def hooked(m):
    m.register_forward_hook(halved)
    return m


def stepped(t, o):
    m = t.nn.Embedding(2, 1, sparse=True) if o.__name__ == "SparseAdam" else t.nn.Linear(2, 1)
    x = t.tensor([0]) if o.__name__ == "SparseAdam" else t.ones(1, 2)
    opt = o(m.parameters(), lr=0.1)
    m(x).sum().backward()
    opt.step(lambda: m(x).sum())
    return opt


def converted(t):
    q, nn = t.ao.quantization, t.nn
    m = nn.Sequential(q.QuantStub(), nn.Conv2d(1, 1, 1), nn.ReLU(), nn.Flatten(), nn.Linear(4, 2), q.DeQuantStub()).eval()
    m.qconfig = q.get_default_qconfig("fbgemm")
    m = q.prepare(m)
    m(t.ones(1, 1, 2, 2))
    return q.convert(m)


def torchvision():
    import torchvision
    from torchvision import models, ops, transforms as T
    for name in ("resnet18", "alexnet", "vgg11_bn", "squeezenet1_0", "densenet121", "googlenet", "inception_v3", "mobilenet_v2", "mobilenet_v3_small", "mnasnet0_5", "shufflenet_v2_x0_5", "efficientnet_b0", "efficientnet_v2_s", "regnet_y_400mf", "convnext_tiny", "vit_b_32", "swin_t", "swin_v2_t", "maxvit_t", "resnext50_32x4d"):
        yield "model_" + name, slim(getattr(models, name)())
    for make in (lambda: models.detection.fasterrcnn_mobilenet_v3_large_320_fpn(weights_backbone=None), lambda: models.detection.ssdlite320_mobilenet_v3_large(weights_backbone=None), lambda: models.detection.retinanet_resnet50_fpn(weights_backbone=None), lambda: models.detection.fcos_resnet50_fpn(weights_backbone=None), lambda: models.detection.maskrcnn_resnet50_fpn(weights_backbone=None), lambda: models.segmentation.lraspp_mobilenet_v3_large(weights_backbone=None), lambda: models.segmentation.deeplabv3_mobilenet_v3_large(weights_backbone=None), lambda: models.segmentation.fcn_resnet50(weights_backbone=None), lambda: models.video.r3d_18(), lambda: models.video.mvit_v1_b(), lambda: models.optical_flow.raft_small()):
        yield "model_big", slim(make())
    yield "transforms", T.Compose([T.Resize(3), T.CenterCrop(2), T.ToTensor(), T.Normalize([0.5], [0.5])])
    yield "transforms_more", [T.RandomHorizontalFlip(), T.RandomCrop(3), T.ColorJitter(0.1), T.RandomRotation(3), T.RandomResizedCrop(3), T.Grayscale(), T.RandomErasing(), T.ToPILImage(), T.Pad(1), T.GaussianBlur(3), T.RandomAffine(3), T.RandAugment(), T.AutoAugment(), T.Lambda(len), T.RandomApply([T.Grayscale()]), T.ConvertImageDtype(__import__("torch").float32), T.InterpolationMode.BILINEAR, T.RandomPerspective(), T.FiveCrop(2), T.TrivialAugmentWide(), T.RandomVerticalFlip(), T.RandomGrayscale(), T.RandomChoice([T.Grayscale()]), T.PILToTensor(), T.RandomInvert()]
    from torchvision.transforms import v2
    yield "transforms_v2", [v2.Compose([v2.Resize(3), v2.ToImage(), v2.ToDtype(__import__("torch").float32, scale=True)]), v2.RandomHorizontalFlip(), v2.Normalize([0.5], [0.5]), v2.RandomResizedCrop(3), v2.MixUp(num_classes=3), v2.CutMix(num_classes=3), v2.ColorJitter(), v2.RandomCrop(2)]
    yield "weights", [models.ResNet18_Weights.DEFAULT, models.ResNet18_Weights.DEFAULT.transforms(), torchvision.transforms._presets.ImageClassification(crop_size=3)]
    yield "ops", [ops.FrozenBatchNorm2d(2), ops.MLP(2, [2]), ops.SqueezeExcitation(2, 1), ops.DeformConv2d(1, 1, 1), ops.RoIAlign(2, 1.0, 1), ops.FeaturePyramidNetwork([1], 1), ops.StochasticDepth(0.1, "row"), ops.DropBlock2d(0.1, 1), ops.RoIPool(2, 1.0), ops.MultiScaleRoIAlign(["0"], 2, 1), ops.Conv2dNormActivation(1, 1)]
    yield "datasets", [torchvision.datasets.FakeData(1), torchvision.tv_tensors.Image(__import__("torch").ones(1, 2, 2)), torchvision.tv_tensors.BoundingBoxes([[0, 0, 1, 1]], format="XYXY", canvas_size=(2, 2))]


def slim(model):
    """The model with parameters of almost no size: what matters is what it is made of."""
    import torch
    for m in model.modules():
        for k, p in list(m._parameters.items()):
            if p is not None:
                m._parameters[k] = torch.nn.Parameter(torch.zeros(1))
        for k, b in list(m._buffers.items()):
            if b is not None and b.numel() > 1:
                m._buffers[k] = torch.zeros(1)
    return model


def torchaudio():
    import torchaudio
    t = torchaudio.transforms
    yield "transforms", [t.MelSpectrogram(n_fft=16, n_mels=2), t.Spectrogram(16), t.MFCC(n_mfcc=2, melkwargs={"n_fft": 16, "n_mels": 2}), t.Resample(4, 2), t.AmplitudeToDB(), t.FrequencyMasking(1), t.TimeMasking(1), t.TimeStretch(n_freq=3), t.MelScale(2, n_stft=9), t.GriffinLim(16), t.Vol(1.0), t.Fade(), t.InverseMelScale(9, 2), t.MuLawEncoding(), t.ComputeDeltas()]
    yield "models", [slim(m()) for m in (torchaudio.models.wav2vec2_base, torchaudio.models.Wav2Letter)]
    yield "conformer", [slim(torchaudio.models.Conformer(4, 2, 4, 1, 3)), slim(torchaudio.models.DeepSpeech(4)), slim(torchaudio.models.Tacotron2()), slim(torchaudio.models.ConvTasNet()), slim(torchaudio.models.WaveRNN([2, 2], 2, 4)), slim(torchaudio.models.Emformer(4, 2, 4, 1, 2))]


def transformers():
    import transformers as tr
    small = {"hidden_size": 4, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 4, "vocab_size": 8, "max_position_embeddings": 8}
    for name in ("Bert", "Roberta", "DistilBert", "Electra", "Llama", "Mistral", "Qwen2", "GPTNeoX", "OPT", "ViT", "Albert", "DebertaV2", "XLMRoberta", "Phi", "Gemma"):
        config = getattr(tr, name + "Config")(**small)
        yield "config_" + name, config
        yield "model_" + name, slim(getattr(tr, name + "Model")(config))
    yield "gpt2", slim(tr.GPT2LMHeadModel(tr.GPT2Config(n_embd=4, n_layer=1, n_head=2, vocab_size=8, n_positions=8)))
    yield "t5", slim(tr.T5ForConditionalGeneration(tr.T5Config(d_model=4, d_kv=2, d_ff=4, num_layers=1, num_heads=2, vocab_size=8)))
    yield "head", slim(tr.BertForSequenceClassification(tr.BertConfig(**small)))
    yield "parts", [tr.GenerationConfig(), tr.BatchEncoding({"a": [1]}), tr.modeling_outputs.BaseModelOutput(None), tr.TrainingArguments("x", use_cpu=True), tr.trainer_utils.EvalPrediction(1, 2), tr.TrainerState(), tr.modeling_outputs.SequenceClassifierOutput(logits=None), tr.SchedulerType.LINEAR, tr.get_linear_schedule_with_warmup]


SAMPLES = {"transformers": (transformers,), "torch": (torch, every_layer, more, quantized, parts), "torchvision": (torchvision,), "torchaudio": (torchaudio,)}
