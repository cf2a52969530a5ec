package pyscan
import ("testing";"strings";"os";"time";"fmt")
func TestZZ(t *testing.T){
 N:=3<<20-100
 m:=map[string]func()string{
  "paren":func()string{return strings.Repeat("(",N)},
  "minus":func()string{return strings.Repeat("-",N)+"x"},
  "ifelse":func()string{return strings.Repeat("a if b else ",N/12)+"x"},
  "lambda":func()string{return strings.Repeat("lambda: (pickle.loads, ",N/24)+"1"+strings.Repeat(")",N/24)},
  "lines":func()string{return "x = [\n"+strings.Repeat("pickle.loads(b),\n",N/18)+"]\n"},
  "names":func()string{return strings.Repeat("a\n",N/2)},
  "fstr":func()string{return strings.Repeat("f'{",N/3)},
  "noise":func()string{return strings.Repeat("}{)(@!;: \"'x\n",N/13)},
  "assign":func()string{return strings.Repeat("a = ",N/4)+"1"},
  "comma":func()string{return "x=["+strings.Repeat("a,",N/2-5)+"]"},
  "comments":func()string{return strings.Repeat("#\n",N/2)},
  "unclosedcalls":func()string{return strings.Repeat("pickle.loads(",N/13)},
  "elif":func()string{return "if a: pass\n"+strings.Repeat("elif pickle.loads(b): pass\n",N/28)},
  "comp":func()string{return strings.Repeat("[(a:=",N/20)+"1"+strings.Repeat(") for x in y]",N/20)},
  "tuples":func()string{return strings.Repeat("(pickle.loads,",N/17)+strings.Repeat(")",N/17)},
  "longattr":func()string{return "pickle.loads"+strings.Repeat(".a",N/2-20)},
  "indent":func()string{var b strings.Builder; for i:=0;b.Len()<N-3000;i++{ b.WriteString(strings.Repeat(" ",i)+"if a:\n")}; return b.String()},
  "classes":func()string{var b strings.Builder; for i:=0;b.Len()<N-6000;i++{ b.WriteString(strings.Repeat(" ",i)+"class A:\n"); b.WriteString(strings.Repeat(" ",i+1)+"pickle.loads\n")}; return b.String()},
 }
 s:="import pickle\n"+m[os.Getenv("ZZ")]()+"\npickle.loads(b)\n"
 st:=time.Now(); r:=scan("x.py",s); d:=time.Since(st)
 st2,_:=os.ReadFile("/proc/self/status"); hw:=""
 for _,l:=range strings.Split(string(st2),"\n"){ if strings.HasPrefix(l,"VmHWM"){hw=l}}
 sk:=""; if len(r.Skips)>0{sk=r.Skips[0].Reason}
 fmt.Println(os.Getenv("ZZ"),len(s),d.Round(10*time.Millisecond),len(r.Sites),hw,sk)
}
